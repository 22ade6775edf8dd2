package import Gallery

/// What may be spent at most; without limits nothing is ever refused.
package struct Budget: Codable, Equatable, Sendable {
  package enum Period: String, Codable, Sendable, CaseIterable {
    /// One send.
    case run
    case day, month
  }

  package struct Limit: Codable, Equatable, Sendable {
    package var period: Period
    /// A currency, or `Balances.pictures`.
    package var unit: String
    /// Millionths of the currency, or pictures.
    package var most: Int64

    package init(_ period: Period, _ most: Int64, _ unit: String) {
      self.period = period
      self.unit = unit
      self.most = most
    }
  }

  package var limits: [Limit]
  /// Whether a send whose price is not known goes out although there are limits in money.
  package var allowsUnpriced: Bool

  package init(_ limits: [Limit] = [], allowsUnpriced: Bool = false) {
    self.limits = limits
    self.allowsUnpriced = allowsUnpriced
  }

  /// The limits of both, of two of a kind the lower one.
  func joined(with other: Budget) -> Budget {
    var joined = self
    for limit in other.limits {
      let place = joined.limits.firstIndex { ($0.period, $0.unit) == (limit.period, limit.unit) }
      if let place {
        joined.limits[place].most = min(joined.limits[place].most, limit.most)
      } else {
        joined.limits.append(limit)
      }
    }
    return joined
  }

  /// Why a job may not be sent; nil where every limit has room for the most it may cost.
  ///
  /// - Parameters:
  ///   - amounts: The most it may cost.
  ///   - job: The job itself, where the ledger has it already with another request.
  package func refusal(
    of amounts: Balances, in ledger: Ledger, now: Timestamp, without job: JobID? = nil
  ) -> String? {
    if let sentence = refusalOfUnit(amounts) { return sentence }
    let day = ledger.today(now)
    for limit in limits {
      let cost = amounts[limit.unit]
      guard cost > 0 else { continue }
      guard let period = limit.period.name(on: day) else {
        if cost > limit.most {
          return "One send may cost at most \(limit.shown) by the budget and this may cost "
            + "\(Balances.shown(cost, limit.unit)): ask for fewer or smaller pictures, or raise "
            + "'budget: run' in the config file."
        }
        continue
      }
      let tally = ledger.tally(of: period, without: job)
      let total = tally.total + amounts
      if total[limit.unit] > limit.most {
        return limit.refusal(cost, tally, clockIsBehind: day > now.day ? day : nil)
      }
    }
    return nil
  }

  /// A limit in money must not be passed by what it cannot be held against.
  private func refusalOfUnit(_ amounts: Balances) -> String? {
    let currencies = Set(limits.map(\.unit)).subtracting([Balances.pictures])
    guard !currencies.isEmpty else { return nil }
    if amounts[Balances.unpriced] > 0, !allowsUnpriced {
      return
        "Its price is not known and there is a budget in money: write the provider's 'prices' into "
        + "the config file, or 'budget: unpriced: allow' to send it all the same."
    }
    let other = amounts.currencies.first { !currencies.contains($0) && amounts[$0] > 0 }
    guard let other else {
      return nil
    }
    return "It may cost \(Balances.shown(amounts[other], other)) and the budget has no amount in "
      + "\(other): add one to 'budget' in the config file, as in 'day: [5 USD, 30 CNY]'."
  }
}

extension Budget.Period {
  /// The day or month that a day is in; nil for a single send.
  func name(on day: String) -> String? {
    switch self {
    case .run: nil
    case .day: day
    case .month: String(day.dropLast(3))
    }
  }
}

extension Budget.Limit {
  /// `$5.00`, `60 pictures`.
  package var shown: String { Balances.shown(most, unit) }

  /// - Parameter day: The day that counts, where the clock says an earlier one.
  fileprivate func refusal(_ cost: Int64, _ tally: Tally, clockIsBehind day: String?) -> String {
    func shown(_ amounts: Balances) -> String { Balances.shown(amounts[unit], unit) }
    var used = "\(shown(tally.spent)) spent"
    if tally.atRisk[unit] > 0 { used += ", \(shown(tally.atRisk)) at risk" }
    used += " and \(shown(tally.reserved)) reserved"
    if let day {
      used += " (the journal has lines of \(day), later than the clock, so that day counts)"
    }
    let wait =
      switch (period, day) {
      case (_, let day?): "wait until the clock is past \(period.name(on: day) ?? day)"
      case (.day, nil): "wait for tomorrow"
      default: "wait for the next month"
      }
    return
      "The budget of \(self.shown) a \(period.rawValue) has no room: with \(used), this may cost "
      + "\(Balances.shown(cost, unit)) more; ask for less, raise 'budget: \(period.rawValue)' in the "
      + "config file, or \(wait)."
  }
}
