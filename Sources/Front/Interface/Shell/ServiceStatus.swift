/// What the screen knows of the core service.
package enum ServiceStatus: Equatable, Sendable {
  /// Late is when it takes longer than a service that is there, or one that starts, does.
  case connecting(isLate: Bool)
  case connected
  /// The connection broke; jobs may well go on behind it.
  case lost(message: String)
}

/// A limit of the budget for a day or a month, and what is left of it.
package struct BudgetItem: Equatable, Sendable {
  package enum Unit: Equatable, Sendable {
    case pictures
    /// By its ISO 4217 name.
    case currency(String)
  }

  package var unit: Unit
  /// Millionths of the currency, or pictures.
  package var left: Int64
  /// For people: `$3.20 left today`.
  package var shown: String

  package init(unit: Unit, left: Int64, shown: String) {
    self.unit = unit
    self.left = left
    self.shown = shown
  }
}
