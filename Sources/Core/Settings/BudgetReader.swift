internal import Seedream
internal import YAML

/// Reads the `budget:` of the configuration file.
enum BudgetReader {
  private static let unpriced = "unpriced"
  static let keys = SpendingLimit.Period.allCases.map(\.rawValue) + [unpriced]
  private static let amount = "an amount like 5 USD, 30 CNY or 200 pictures, or a list of them"

  static func limits(_ reader: MappingReader) throws(SettingsError) -> SpendingLimits {
    var limits = SpendingLimits()
    var faults = FaultList()
    for period in SpendingLimit.Period.allCases {
      let found = faults.attempt { () throws(SettingsError) in try amounts(period, reader) }
      limits.limits += (found ?? []).map { SpendingLimit(period, $0) }
    }
    let word = faults.attempt { () throws(SettingsError) in
      try reader.word(unpriced, of: ["allow", "refuse"])
    }
    limits.allowsUnpriced = word == "allow"
    try faults.check()
    return limits
  }

  private static func amounts(
    _ period: SpendingLimit.Period, _ reader: MappingReader
  ) throws(SettingsError) -> [SpendingLimit.Amount]? {
    let amounts = try reader.values(period.rawValue, expected: amount, limit) ?? []
    if let member = reader.member(period.rawValue), let unit = firstTwice(amounts.map(unit)) {
      throw reader.refusal(
        of: member, "'\(reader.path(of: period.rawValue))' names \(unit) twice: keep one of them")
    }
    return amounts
  }

  private static func limit(_ text: String) -> SpendingLimit.Amount? {
    let words = text.split(separator: " ")
    guard words.count == 2 else { return nil }
    if ["picture", "pictures"].contains(words[1]) {
      return MoneyText.digits(words[0]).map { .pictures($0) }
    }
    return MoneyText.money(text).map { .money($0) }
  }

  private static func unit(of amount: SpendingLimit.Amount) -> String {
    switch amount {
    case .money(let money): money.currency.rawValue
    case .pictures: "pictures"
    }
  }

  private static func firstTwice(_ units: [String]) -> String? {
    units.enumerated().first { units[..<$0.offset].contains($0.element) }?.element
  }
}
