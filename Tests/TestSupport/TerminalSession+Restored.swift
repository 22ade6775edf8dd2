import Screen
package import Testing

extension TerminalSession {
  /// Whether the last thing said about a private mode (`CSI ? n h` or `l`) switched it on; nil where
  /// nothing was said.
  package func isOn(mode number: Int) -> Bool? {
    let text = String(decoding: log, as: UTF8.self)
    let on = text.ranges(of: "\u{1B}[?\(number)h").last?.lowerBound
    let off = text.ranges(of: "\u{1B}[?\(number)l").last?.lowerBound
    guard let on else { return off == nil ? nil : false }
    return off.map { on > $0 } ?? true
  }

  /// Expects the terminal to be as a shell wants it: line modes as in a fresh one, the main screen, a
  /// cursor, and neither mouse nor focus nor pastes reported.
  package func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let fresh = try PseudoTerminal(size: Size(rows: 1, columns: 1)).modes
    #expect(terminal.modes == fresh, sourceLocation: sourceLocation)
    #expect(!screen.isAlternateScreen, sourceLocation: sourceLocation)
    #expect(!screen.isMouseReported, sourceLocation: sourceLocation)
    #expect(screen.isCursorVisible, sourceLocation: sourceLocation)
    for mode in [1002, 1004, 1006, 1049, 2004] {
      #expect(isOn(mode: mode) == false, "mode \(mode)", sourceLocation: sourceLocation)
    }
  }
}
