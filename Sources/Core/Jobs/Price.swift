package import Seedream

/// An amount of money, exactly.
package struct Price: Equatable, Sendable, Codable {
  /// ISO 4217, `CNY`.
  package var currency: String
  /// Millionths of the currency: 250 000 is 0.25.
  package var millionths: Int64

  package init(currency: String, millionths: Int64) {
    self.currency = currency
    self.millionths = millionths
  }

  /// An amount of a price list.
  package init(_ money: Money) {
    self.init(currency: money.currency.rawValue, millionths: Int64(money.tenThousandths) * 100)
  }

  /// `$0.04`, for people.
  package var shown: String {
    if let currency = Money.Currency(rawValue: currency), millionths % 100 == 0 {
      return Money(Int(millionths / 100), currency).description
    }
    var decimals = String(millionths.magnitude % 1_000_000)
    decimals = String(repeating: "0", count: 6 - decimals.count) + decimals
    while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(currency) \(millionths.magnitude / 1_000_000).\(decimals)"
  }
}
