/// What the screen knows of the core service.
package enum ServiceStatus: Equatable, Sendable {
  /// Late is when it takes longer than a service that is there, or one that starts, does.
  case connecting(isLate: Bool)
  case connected
  /// The connection broke; jobs may well go on behind it.
  case lost(message: String)
}
