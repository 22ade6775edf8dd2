/// What the screen knows of the core service.
package enum ServiceStatus: Equatable, Sendable {
  case connecting
  case connected
  /// The connection broke; jobs may well go on behind it.
  case lost(message: String)
}
