/// One generation of a Seedream model, whatever a provider spells its id.
///
/// A struct and not an enum, so that a catalogue file can name a family this version does not know.
public struct ModelFamily: RawRepresentable, Equatable, Hashable, Sendable, Codable {
  /// The spelling Darkroom shows and accepts: `seedream-4.5`.
  public var rawValue: String

  /// Names a family, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Seedream 5.5: one picture a request, transparent where wanted, split into up to 99 layers.
  public static let seedream55 = ModelFamily(rawValue: "seedream-5.5")
  /// Seedream 5.0 pro: one picture a request, the closest to the prompt.
  public static let seedream5Pro = ModelFamily(rawValue: "seedream-5.0-pro")
  /// Seedream 5.0 flash: one picture a request, the cheapest.
  public static let seedream5Flash = ModelFamily(rawValue: "seedream-5.0-flash")
  /// Seedream 5.0 lite: sets, streams, web search.
  public static let seedream5Lite = ModelFamily(rawValue: "seedream-5.0-lite")
  /// Seedream 4.5: sets and streams.
  public static let seedream45 = ModelFamily(rawValue: "seedream-4.5")
  /// Seedream 4.0: sets and streams, also at 1K.
  public static let seedream40 = ModelFamily(rawValue: "seedream-4.0")
  /// Seedream 3.0 text to image, which the vendor is retiring.
  public static let seedream30 = ModelFamily(rawValue: "seedream-3.0")
  /// SeedEdit 3.0 image to image, which the vendor has shut down.
  public static let seedEdit30 = ModelFamily(rawValue: "seededit-3.0")
}
