/// Which sizes a model generates.
public struct SizeRules: Equatable, Sendable, Codable {
  /// The keywords offered, smallest first; empty where only exact sizes are taken.
  public var tiers: [SizeTier]
  /// Width times height of an exact size, in pixels; nil where exact sizes are not taken.
  public var pixels: ClosedRange<Int>?
  /// Width over height of an exact size is at most this and at least one over this; nil: no rule known.
  public var longestAspect: Double?
  /// What is asked for when the user says nothing. Darkroom always sends a size, because vendor
  /// pages contradict each other about the default.
  public var standard: SizeChoice

  /// Joins the rules of one model.
  public init(
    tiers: [SizeTier], pixels: ClosedRange<Int>?, longestAspect: Double? = 16, standard: SizeChoice
  ) {
    self.tiers = tiers
    self.pixels = pixels
    self.longestAspect = longestAspect
    self.standard = standard
  }

  /// The keywords in the spelling of the wire.
  public var keywords: [String] { tiers.map(\.keyword) }

  /// The tier of a keyword, in any case.
  public func tier(_ keyword: String) -> SizeTier? {
    tiers.first { $0.keyword.lowercased() == keyword.lowercased() }
  }

  /// Whether the model generates exactly this size.
  public func allows(_ size: PixelSize) -> Bool {
    guard let pixels, size.width > 0, size.height > 0 else { return false }
    return pixels.contains(size.pixelCount) && allowsAspect(size)
  }

  /// Whether the model offers this keyword or draws exactly this size.
  public func allows(_ choice: SizeChoice) -> Bool {
    switch choice {
    case .keyword(let word): tier(word) != nil
    case .pixels(let width, let height): allows(PixelSize(width, height))
    }
  }

  /// Whether the shape alone is legal.
  func allowsAspect(_ size: PixelSize) -> Bool {
    guard let longestAspect else { return true }
    return size.aspect <= longestAspect && size.aspect * longestAspect >= 1
  }

  /// The tier an exact size belongs to: the first whose pixels reach it, else the last with a table.
  public func tier(reaching size: PixelSize) -> SizeTier? {
    let tables = tiers.filter { !$0.entries.isEmpty }
    return tables.first { ($0.largest?.pixelCount ?? 0) >= size.pixelCount } ?? tables.last
  }
}
