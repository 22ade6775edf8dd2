/// One picture of a reply.
public struct PictureReply: Equatable, Sendable {
  /// Where the picture itself is.
  public enum Source: Equatable, Sendable {
    /// To be fetched within 24 hours, with the address verbatim and without a key.
    case url(String)
    /// The bytes that came as `imageBytes` of this image.
    case inline(image: Int, byteCount: Int)
  }

  /// Its place in the set, counted from zero, refused members included: below `ReplyLimits.images`, and
  /// no other member of the reply has it.
  public var index: Int
  /// Where it is.
  public var source: Source
  /// As the provider says; the file may know better.
  public var size: PixelSize?
  /// As the provider says; the file knows better.
  public var outputFormat: ImageFormat?
  /// What lies behind the subject, in the provider's word: `opaque`, `transparent`; nil where it says nothing.
  public var background: String?
  /// Where it lies, if the request was a split into layers.
  public var layer: PictureLayer?

  /// Describes a picture of a reply.
  public init(
    index: Int, source: Source, size: PixelSize? = nil, outputFormat: ImageFormat? = nil,
    background: String? = nil, layer: PictureLayer? = nil
  ) {
    self.index = index
    self.source = source
    self.size = size
    self.outputFormat = outputFormat
    self.background = background
    self.layer = layer
  }

  /// - Parameter member: What the reply says of it.
  init(_ source: Source, at place: Int, of member: ReplyDocument?) {
    self.init(
      index: place, source: source, size: member?.size, outputFormat: member?.outputFormat,
      background: member?.background, layer: member?.layer)
  }
}
