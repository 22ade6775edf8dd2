internal import Seedream
internal import YAML

/// Reads the price lists of a model.
enum PriceReader {
  private static let keys = ["date", "per_picture", "further_reference"]
  private static let amount = "an amount like 0.04 with at most four decimals"
  private static let anySize = "any"

  static func prices(_ reader: MappingReader) throws(SettingsError) -> [PriceList]? {
    let currencies: [Money.Currency] = [.usd, .cny]
    guard let lists = try reader.mapping("prices", keys: currencies.map(\.rawValue)) else {
      return nil
    }
    var prices: [PriceList] = []
    for member in lists.members {
      guard let currency = Money.Currency(rawValue: member.key),
        let list = try lists.mapping(member.key, keys: keys)
      else { continue }
      prices.append(
        PriceList(
          currency,
          asOf: try list.value("date", expected: "a day like 2026-11-21", day) ?? "",
          try steps(list),
          perFurtherReference: try list.value(
            "further_reference", expected: amount, tenThousandths) ?? 0))
    }
    return prices
  }

  private static func steps(_ list: MappingReader) throws(SettingsError) -> [PriceList.Step] {
    guard case .mapping? = list.member("per_picture")?.value.content else {
      return try list.value("per_picture", expected: amount, tenThousandths)
        .map { [PriceList.Step($0)] } ?? []
    }
    guard let bySize = try list.mapping("per_picture") else { return [] }
    var steps: [PriceList.Step] = []
    for member in bySize.members {
      let most = Int(member.key)
      if most == nil, member.key != anySize {
        throw bySize.refusal(
          of: member,
          "'\(bySize.prefix)' must go by the most pixels of a picture, the last by 'any', "
            + "not by '\(member.key)'")
      }
      let price = try bySize.value(member.key, expected: amount, tenThousandths)
      if let price { steps.append(PriceList.Step(upTo: most, price)) }
    }
    return steps
  }

  /// Exactly, without the errors of binary fractions.
  private static func tenThousandths(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let units = digits(parts[0]), units <= 10_000 else {
      return nil
    }
    guard parts.count == 2 else { return units * 10_000 }
    let decimals = parts[1]
    guard decimals.count <= 4, let fraction = digits(decimals) else { return nil }
    return (decimals.count..<4).reduce(fraction) { result, _ in result * 10 } + units * 10_000
  }

  private static func digits(_ text: Substring) -> Int? {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  private static func day(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let month = parts[1...].first.flatMap(digits),
      let day = digits(parts[2]), digits(parts[0]) != nil, (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    return text
  }
}
