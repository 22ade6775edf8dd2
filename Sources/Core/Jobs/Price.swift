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
}
