/// A resolution keyword and the exact sizes the vendor recommends for it.
public struct SizeTier: Equatable, Sendable, Codable {
  /// One shape of a tier.
  public struct Entry: Equatable, Sendable, Codable {
    /// Width to height as people say it: `16:9`.
    public var ratio: String
    /// The size in pixels.
    public var size: PixelSize

    /// Joins a ratio and its size.
    public init(_ ratio: String, _ size: PixelSize) {
      self.ratio = ratio
      self.size = size
    }
  }

  /// `1K`, `1.5K`, `2K`, `3K`, `4K` or `adaptive`.
  public var keyword: String
  /// Empty where the vendor publishes no sizes for the keyword.
  public var entries: [Entry]

  /// Joins a keyword and its table.
  public init(_ keyword: String, _ entries: [Entry]) {
    self.keyword = keyword
    self.entries = entries
  }

  /// The largest picture of the tier in pixels, for estimates of price; nil without a table.
  public var largest: PixelSize? {
    entries.map(\.size).max { $0.pixelCount < $1.pixelCount }
  }

  /// The entry whose shape is closest to a width over height; nil without a table.
  public func entry(nearestAspect aspect: Double) -> Entry? {
    entries.min {
      Self.distance($0.size.aspect, aspect) < Self.distance($1.size.aspect, aspect)
    }
  }

  /// How different two shapes look: the factor between them, at least one.
  private static func distance(_ one: Double, _ other: Double) -> Double {
    guard one > 0, other > 0 else { return .infinity }
    return max(one / other, other / one)
  }
}
