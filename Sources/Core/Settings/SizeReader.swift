internal import Seedream
internal import YAML

/// Reads the keywords of a model with their tables.
enum SizeReader {
  static let expected = "a size like 2K or 2048x1536"

  static func tiers(_ reader: MappingReader) throws(SettingsError) -> [SizeTier]? {
    if case .mapping? = reader.member("sizes")?.value.content {
      return try tables(reader.mapping("sizes"))
    }
    return try reader.values("sizes", expected: "keywords like 2K, a list or with sizes", keyword)?
      .map { SizeTier($0, []) }
  }

  private static func tables(_ sizes: MappingReader?) throws(SettingsError) -> [SizeTier]? {
    guard let sizes else { return nil }
    var tiers: [SizeTier] = []
    for member in sizes.members {
      guard let keyword = keyword(member.key) else {
        throw sizes.refusal(
          of: member, "'\(sizes.prefix)' must have keywords like 2K, not '\(member.key)'")
      }
      var tier = SizeTier(keyword, [])
      let table = try sizes.mapping(member.key)
      for entry in table?.members ?? [] {
        guard let table, isRatio(entry.key) else {
          throw sizes.refusal(
            of: entry,
            "'\(sizes.path(of: member.key))' must have ratios like 16:9, not '\(entry.key)'")
        }
        let size = try table.value(entry.key, expected: "a size like 2048x1536") { PixelSize($0) }
        if let size { tier.entries.append(SizeTier.Entry(entry.key, size)) }
      }
      tiers.append(tier)
    }
    return tiers
  }

  private static func keyword(_ text: String) -> String? {
    guard case .keyword(let keyword)? = SizeChoice(text) else { return nil }
    return keyword
  }

  private static func isRatio(_ text: String) -> Bool {
    let sides = text.split(separator: ":", omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { (UInt16($0) ?? 0) > 0 }
  }
}
