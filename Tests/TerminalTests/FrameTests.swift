import Screen
import Terminal
import TestSupport
import Testing

/// Frame after frame of random change: the screen always shows the last canvas.
@Suite(.serialized) struct FrameTests {
  @Test(arguments: 0..<12)
  func theScreenFollowsTheCanvas(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &+ 7)
    var size = Size(rows: 8, columns: 30)
    let line = try PseudoTerminal(size: size)
    let screen = try TerminalEmulator(size: size)
    var options = TerminalOptions(environment: ["TERM": "xterm-256color"])
    options.device = line.devicePath
    options.capturesErrors = false
    let terminal = try Terminal.open(options)
    defer { terminal.close() }
    var canvas = Canvas(size: size)
    for frame in 0..<60 {
      if frame == 30 {
        size = Size(rows: 6, columns: 41)
        line.resize(to: size)
        screen.resize(to: size)
        #expect(terminal.handleResize())
        canvas = Canvas(size: size)
      }
      change(&canvas, using: &random)
      let cursor = Position(
        row: Int.random(in: 0..<size.rows, using: &random),
        column: Int.random(in: 0..<size.columns, using: &random))
      terminal.paint(canvas, cursor: cursor, theme: .terminal)
      var bytes = line.read(timeout: .seconds(5))
      while case let more = line.read(timeout: .zero), !more.isEmpty { bytes += more }
      _ = screen.feed(bytes)
      try expect(screen, shows: canvas, cursor, frame: frame)
    }
  }

  private func change(_ canvas: inout Canvas, using random: inout SplitMix) {
    let words = ["a", "fog", "红灯笼", "e\u{301}", "🇩🇪", "👩‍💻", "❤️", "─┐", "      ", "😀", "𜴀"]
    let roles: [Role] = [.text, .accent, .selection, .title, .error]
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let style = Style(roles.randomElement(using: &random) ?? .text)
      let word = words.randomElement(using: &random) ?? ""
      // libvterm 0.1.4 puts a combining mark of the last column on the next row.
      let end = canvas.size.columns - (word == "e\u{301}" ? 1 : 0)
      canvas.write(
        word, row: Int.random(in: 0..<canvas.size.rows, using: &random),
        column: Int.random(in: -1..<end, using: &random), style)
    }
  }

  private func expect(
    _ screen: TerminalEmulator, shows canvas: Canvas, _ cursor: Position, frame: Int
  ) throws {
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns {
        guard let character = canvas[row, column].character else { continue }
        // Of a sequence that libvterm does not join, the first part shows.
        let shown = screen[row, column].text.unicodeScalars.first ?? " "
        guard shown == character.unicodeScalars.first || shown == "\u{A0}" && character == " "
        else {
          throw TestFailure(
            "frame \(frame), row \(row), column \(column): \(shown), not \(character)\n\(screen.text)"
          )
        }
      }
    }
    #expect(screen.cursor == cursor)
  }
}
