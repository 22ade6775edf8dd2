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
  /// Where it lies, if the request was a split into layers.
  public var layer: PictureLayer?

  /// Describes a picture of a reply.
  public init(
    index: Int, source: Source, size: PixelSize? = nil, outputFormat: ImageFormat? = nil,
    layer: PictureLayer? = nil
  ) {
    self.index = index
    self.source = source
    self.size = size
    self.outputFormat = outputFormat
    self.layer = layer
  }
}

/// One layer of a picture that was split.
///
/// Source: Image generation API (doc 1541523), revision of autumn 2026.
public struct PictureLayer: Equatable, Sendable, Codable {
  /// A part of the base, in pixels.
  public struct Box: Equatable, Sendable, Codable {
    /// The first column.
    public var left: Int
    /// The first row.
    public var top: Int
    /// The column after the last.
    public var right: Int
    /// The row after the last.
    public var bottom: Int

    /// Joins four edges as the provider says them; they may make no sense.
    public init(left: Int, top: Int, right: Int, bottom: Int) {
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
    }
  }

  /// From the bottom up; the base is zero.
  public var order: Int
  /// The provider's name for what is on it, fit to be shown.
  public var name: String?
  /// The provider's words for what is on it, fit to be shown.
  public var description: String?
  /// Where it lies on the base; nil for the base itself.
  public var box: Box?

  /// Describes a layer.
  public init(order: Int, name: String? = nil, description: String? = nil, box: Box? = nil) {
    self.order = order
    self.name = name
    self.description = description
    self.box = box
  }
}
