/// A sentence on the message line.
package struct Notice: Equatable, Sendable {
  /// How it is shown and how long it stays: an error until the next key, the others for some seconds.
  package enum Severity: Equatable, Sendable {
    case information
    case success
    case warning
    case error
  }

  package var severity: Severity
  /// One sentence or two: what happened, to which thing, what to do.
  package var text: String

  package init(_ severity: Severity, _ text: String) {
    self.severity = severity
    self.text = text
  }
}
