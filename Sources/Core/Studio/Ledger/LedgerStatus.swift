package import Gallery

/// Where the money stands now, as the control socket tells it.
package struct LedgerStatus: Codable, Equatable, Sendable {
  /// The day that counts as today, `2026-11-21`.
  package var day: String
  package var today: Tally
  package var month: Tally
  /// The limits of a day and a month with what is left of each; those of one send are as they are.
  package var lines: [Line]

  /// One limit of the budget. Money in millionths of the unit, or pictures.
  package struct Line: Codable, Equatable, Sendable {
    package var period: Budget.Period
    /// A currency, or `Balances.pictures`.
    package var unit: String
    package var limit: Int64
    package var spent: Int64
    package var atRisk: Int64
    package var reserved: Int64
    /// Never below nothing, also where a limit was lowered below what is spent.
    package var left: Int64
  }

  package init(_ ledger: Ledger, _ budget: Budget, now: Timestamp) {
    day = ledger.today(now)
    let tallies: [Budget.Period: Tally] = [
      .day: ledger.tally(of: day), .month: ledger.tally(of: String(day.dropLast(3))),
    ]
    today = tallies[.day] ?? Tally()
    month = tallies[.month] ?? Tally()
    lines = budget.limits.map { limit in
      let tally = tallies[limit.period] ?? Tally()
      let unit = limit.unit
      return Line(
        period: limit.period, unit: unit, limit: limit.most, spent: tally.spent[unit],
        atRisk: tally.atRisk[unit], reserved: tally.reserved[unit],
        left: max(0, limit.most - min(limit.most, tally.total[unit])))
    }
  }
}
