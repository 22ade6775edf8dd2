package import Seedream

/// What a reply says of one picture beside where it is. The journal keeps it with the address, so that
/// whoever fetches the picture later knows it too.
package struct SaidOfPicture: Equatable, Sendable, Codable {
  /// `2048x1536`.
  package var size: String?
  package var outputFormat: String?
  /// What lies behind the subject: `opaque`, `transparent`.
  package var background: String?
  /// Where it lies in the picture it was split from; nil for every other picture.
  package var layer: PictureLayer?

  package init(
    size: String? = nil, outputFormat: String? = nil, background: String? = nil,
    layer: PictureLayer? = nil
  ) {
    self.size = size
    self.outputFormat = outputFormat
    self.background = background
    self.layer = layer
  }

  /// Whether the reply said nothing.
  package var isEmpty: Bool { self == SaidOfPicture() }

  enum CodingKeys: String, CodingKey {
    case size, background, layer
    case outputFormat = "output_format"
  }
}

extension SaidOfPicture {
  /// What a reply says, with every text changed: without a secret.
  package init(_ reply: PictureReply, _ change: (String) -> String) {
    self.init(
      size: reply.size.map { "\($0)" }, outputFormat: reply.outputFormat?.rawValue,
      background: reply.background.map(change), layer: reply.layer?.mapStrings(change))
  }
}
