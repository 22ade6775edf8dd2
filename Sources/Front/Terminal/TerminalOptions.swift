/// What a terminal is opened with.
package struct TerminalOptions: Sendable {
  /// The terminal type, as in `TERM`.
  package var type: String
  /// What the environment says of colours, as in `COLORTERM`: `truecolor` and `24bit` mean something.
  package var colorTerm: String
  /// The device to use; nil for the terminal that standard input and output are.
  package var device: String?
  /// Whether clicks, drags and the wheel are reported to us. The terminal's own selection of text then
  /// needs Shift.
  package var mouse = true
  /// Whether colours are used; bold, dim and reverse are used in any case.
  package var color = true
  /// Whether standard error is kept off the screen and shown afterwards.
  package var capturesErrors = true

  /// Takes `TERM`, `COLORTERM` and `NO_COLOR` (no-color.org: any text that is not empty) from an
  /// environment.
  package init(environment: [String: String]) {
    type = environment["TERM"] ?? ""
    color = (environment["NO_COLOR"] ?? "").isEmpty
    // GNU screen leaves the variable as the terminal around it has set it, and has fewer colours.
    let isScreen = type.hasPrefix("screen") && environment["STY"] != nil
    colorTerm = isScreen ? "" : environment["COLORTERM"] ?? ""
  }
}
