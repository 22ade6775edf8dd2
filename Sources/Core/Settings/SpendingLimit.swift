package import Seedream

/// What a user is willing to spend at most: in one send, a day or a month.
package struct SpendingLimit: Equatable, Sendable {
  package enum Period: String, Equatable, Sendable, CaseIterable {
    case run, day, month
  }

  package enum Amount: Equatable, Sendable {
    case money(Money)
    /// Of providers that cost money, whatever they cost.
    case pictures(Int)
  }

  package var period: Period
  package var amount: Amount

  package init(_ period: Period, _ amount: Amount) {
    self.period = period
    self.amount = amount
  }
}

/// The `budget:` of the configuration file.
///
/// ```yaml
/// budget:
///   run: 1.50 USD                       # one send
///   day: [5 USD, 30 CNY, 200 pictures]  # one amount or a list
///   month: 60 USD
///   unpriced: allow                     # else a send whose price is not known is refused
/// ```
///
/// Picture limits count the pictures of every provider but the sandbox. Amounts of different currencies
/// stand side by side; nothing is converted.
package struct SpendingLimits: Equatable, Sendable {
  package var limits: [SpendingLimit] = []
  /// Whether a send whose price is not known goes out although there are limits in money.
  package var allowsUnpriced = false

  package init() {}
}
