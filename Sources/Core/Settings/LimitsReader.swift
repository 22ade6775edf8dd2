internal import Seedream
internal import YAML

/// Reads what a profile says about its provider's limits, over those of its dialect.
struct LimitsReader {
  /// The families there are.
  let families: [String]

  static let keys = [
    "references", "pictures", "keywords", "seed", "stream", "web_search", "families",
    "largest_pixels", "addresses_only", "leaves_out",
  ]
  private static let members = RequestLimits.Member.allCases.map(\.rawValue)

  func limits(
    _ reader: MappingReader, changing known: RequestLimits
  ) throws(SettingsError) -> RequestLimits {
    var limits = known
    limits.references = try reader.number("references", in: 0...100) ?? limits.references
    limits.pictures = try reader.number("pictures", in: 1...100) ?? limits.pictures
    limits.seed = try reader.truth("seed") ?? limits.seed
    limits.stream = try reader.truth("stream") ?? limits.stream
    limits.webSearch = try reader.truth("web_search") ?? limits.webSearch
    limits.addressesOnly = try reader.truth("addresses_only") ?? limits.addressesOnly
    if let named = try reader.mapping("keywords", keys: families) {
      for member in named.members {
        limits.keywords[member.key] = try named.values(
          member.key, expected: "a keyword like 2K or a list", Self.keyword)
      }
    }
    if let named = try reader.mapping("largest_pixels", keys: families) {
      for member in named.members {
        limits.largestPixels[member.key] = try named.number(member.key, in: 1...1_000_000_000)
      }
    }
    if let words = try reader.words("families", of: ["all"] + families) {
      limits.families =
        words.isEmpty || words.contains("all") ? nil : words.map { ModelFamily(rawValue: $0) }
    }
    if let words = try reader.words("leaves_out", of: Self.members) {
      limits.leavesOut = words.compactMap { RequestLimits.Member(rawValue: $0) }
    }
    return limits
  }

  private static func keyword(_ text: String) -> String? {
    guard case .keyword(let keyword)? = SizeChoice(text) else { return nil }
    return keyword
  }
}
