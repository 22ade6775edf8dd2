internal import Seedream
internal import YAML

/// Reads the price lists of a model, and those of a provider.
enum PriceReader {
  private static let keys = [
    "date", "per_picture", "per_exact_picture", "per_layer", "per_reference", "further_reference",
  ]
  private static let amount = "an amount like 0.04 with at most four decimals"
  private static let anySize = "any"
  private static let currencies = [Money.Currency.usd, .cny].map(\.rawValue)

  /// The lists of a model, one for each currency; nil where the file does not say.
  static func prices(_ reader: MappingReader) throws(SettingsError) -> [PriceList]? {
    guard let lists = try reader.mapping("prices", keys: currencies) else { return nil }
    return try prices(in: lists)
  }

  /// What a provider charges, by family: `0.03 USD` a picture, or a list as in `models.yaml`.
  static func ownPrices(
    _ reader: MappingReader
  ) throws(SettingsError) -> [String: PriceList] {
    var own: [String: PriceList] = [:]
    for member in reader.members {
      guard case .mapping = member.value.content else {
        own[member.key] = try reader.value(
          member.key, expected: "an amount like 0.04 USD, or a list of prices", MoneyText.money
        ).map { PriceList($0.currency, asOf: "", [.init($0.tenThousandths)]) }
        continue
      }
      guard let lists = try reader.mapping(member.key, keys: currencies) else { continue }
      let prices = try prices(in: lists)
      guard prices.count == 1, let list = prices.first, list.isComplete else {
        throw reader.refusal(
          of: member,
          "'\(lists.prefix)' must have the prices of one currency, up by size, the last for 'any'")
      }
      own[member.key] = list
    }
    return own
  }

  private static func prices(in lists: MappingReader) throws(SettingsError) -> [PriceList] {
    var prices: [PriceList] = []
    for member in lists.members {
      guard let currency = Money.Currency(rawValue: member.key),
        let list = try lists.mapping(member.key, keys: keys)
      else { continue }
      prices.append(
        PriceList(
          currency,
          asOf: try list.value("date", expected: "a day like 2026-11-21", day) ?? "",
          try steps(list, "per_picture") ?? [],
          perFurtherReference: try list.value(
            "further_reference", expected: amount, tenThousandths) ?? 0,
          perReference: try list.value("per_reference", expected: amount, tenThousandths),
          perExactPicture: try list.value("per_exact_picture", expected: amount, tenThousandths),
          perLayer: try steps(list, "per_layer")))
    }
    return prices
  }

  private static func steps(
    _ list: MappingReader, _ key: String
  ) throws(SettingsError) -> [PriceList.Step]? {
    guard case .mapping? = list.member(key)?.value.content else {
      return try list.value(key, expected: amount, tenThousandths).map { [PriceList.Step($0)] }
    }
    guard let bySize = try list.mapping(key) else { return nil }
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

  private static func tenThousandths(_ text: String) -> Int? {
    MoneyText.tenThousandths(text, most: 10_000)
  }

  private static func day(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let month = parts[1...].first.flatMap(MoneyText.digits),
      let day = MoneyText.digits(parts[2]), MoneyText.digits(parts[0]) != nil,
      (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    return text
  }
}
