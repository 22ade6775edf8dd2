import Seedream
package import Settings
package import Studio

extension Budget {
  /// What the configuration file allows.
  package init(_ settings: SpendingLimits) {
    self.init(settings.limits.map(Limit.init), allowsUnpriced: settings.allowsUnpriced)
  }
}

extension Budget.Limit {
  fileprivate init(_ limit: SpendingLimit) {
    let period: Budget.Period =
      switch limit.period {
      case .run: .run
      case .day: .day
      case .month: .month
      }
    switch limit.amount {
    case .money(let money):
      self.init(period, Int64(money.tenThousandths) * 100, money.currency.rawValue)
    case .pictures(let count): self.init(period, Int64(count), Balances.pictures)
    }
  }
}

extension Workspace {
  /// The budget as the configuration file has it now: the service outlives changes of the file.
  /// - Throws: `notPossible` where the file cannot be understood; nothing is sent on a guess.
  package func currentBudget() throws(StudioError) -> Budget {
    do {
      return Budget(try Settings.load(path: configurationFile).budget)
    } catch {
      throw StudioError(
        .notPossible, "The budget cannot be read, so nothing was sent: \(error.description).")
    }
  }
}
