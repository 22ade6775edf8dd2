internal import Seedream

/// Amounts of money as a user writes them.
enum MoneyText {
  /// The most units an amount may have.
  private static let mostUnits = 1_000_000

  /// `5 USD`, `1.50 CNY`; nil for what is no amount in a known currency.
  static func money(_ text: String) -> Money? {
    let words = text.split(separator: " ")
    guard words.count == 2, let currency = Money.Currency(rawValue: words[1].uppercased()),
      let amount = tenThousandths(words[0], most: mostUnits)
    else { return nil }
    return Money(amount, currency)
  }

  /// Exactly, without the errors of binary fractions.
  static func tenThousandths(_ text: some StringProtocol, most: Int) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let units = digits(parts[0]), units <= most else {
      return nil
    }
    guard parts.count == 2 else { return units * 10_000 }
    let decimals = parts[1]
    guard decimals.count <= 4, let fraction = digits(decimals) else { return nil }
    return (decimals.count..<4).reduce(fraction) { result, _ in result * 10 } + units * 10_000
  }

  /// A whole number without a sign.
  static func digits(_ text: some StringProtocol) -> Int? {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
