/// An exact amount: prices go down to a quarter of a cent, so cents are too coarse.
public struct Money: Equatable, Hashable, Sendable, Codable {
  /// The currencies of the two vendor sites.
  public enum Currency: String, Equatable, Hashable, Sendable, Codable {
    case usd = "USD"
    case cny = "CNY"
  }

  /// Ten-thousandths of the currency's unit: hundredths of a cent for USD, of a fen for CNY.
  public var tenThousandths: Int
  /// What it is an amount of.
  public var currency: Currency

  /// An amount in ten-thousandths of a unit.
  public init(_ tenThousandths: Int, _ currency: Currency) {
    self.tenThousandths = tenThousandths
    self.currency = currency
  }
}

extension Money: CustomStringConvertible {
  /// `$0.045`, `¥0.22`: at least two decimals, no zeros after them.
  public var description: String {
    let magnitude = tenThousandths.magnitude
    var decimals = String(magnitude % 10_000)
    decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
    while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
    let sign = tenThousandths < 0 ? "-" : ""
    let symbol = currency == .usd ? "$" : "¥"
    return "\(sign)\(symbol)\(magnitude / 10_000).\(decimals)"
  }
}
