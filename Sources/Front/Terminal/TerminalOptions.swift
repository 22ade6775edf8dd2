/// What a terminal is opened with.
package struct TerminalOptions: Sendable {
  /// The terminal type, as in `TERM`.
  package var type: String
  /// The device to use; nil for the terminal that standard input and output are.
  package var device: String?
  /// Whether clicks, drags and the wheel are reported to us. The terminal's own selection of text then
  /// needs Shift.
  package var mouse = true
  /// Whether colours are used; bold, dim and reverse are used in any case.
  package var color = true
  /// Whether standard error is kept off the screen and shown afterwards.
  package var capturesErrors = true

  /// Takes `TERM` and `NO_COLOR` (no-color.org: any text that is not empty) from an environment.
  package init(environment: [String: String]) {
    type = environment["TERM"] ?? ""
    color = (environment["NO_COLOR"] ?? "").isEmpty
  }
}
