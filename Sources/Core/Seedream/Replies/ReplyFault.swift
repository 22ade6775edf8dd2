/// A reply beyond what this program is willing to hold.
public enum ReplyFault: Error, Equatable, Sendable {
  /// More than this many bytes of JSON besides the pictures.
  case documentTooLarge(limit: Int)
  /// One picture of more than this many bytes.
  case imageTooLarge(limit: Int)
  /// More than this many pictures.
  case tooManyImages(limit: Int)

  /// One sentence for a user.
  public var sentence: String {
    switch self {
    case .documentTooLarge(let limit):
      "The provider's reply is larger than \(limit >> 20) MB without its pictures; it was dropped."
    case .imageTooLarge(let limit):
      "The provider sent a picture of more than \(limit >> 20) MB; the reply was dropped."
    case .tooManyImages(let limit):
      "The provider sent more than \(limit) pictures; the reply was dropped."
    }
  }
}

/// How much of a reply is held or passed on.
public struct ReplyLimits: Equatable, Sendable {
  /// Bytes of JSON besides the pictures, for each document of the reply.
  public var documentBytes: Int
  /// Bytes of one decoded picture.
  public var imageBytes: Int
  /// Images inside the reply, previews and damaged ones included; also members of the set, whether
  /// they have bytes, an address or an error.
  public var images: Int

  /// 4 MiB of JSON, 128 pictures of up to 256 MiB: a split into layers has up to 100 (5.5: the base
  /// and 99).
  public init(documentBytes: Int = 4 << 20, imageBytes: Int = 256 << 20, images: Int = 128) {
    self.documentBytes = documentBytes
    self.imageBytes = imageBytes
    self.images = images
  }
}
