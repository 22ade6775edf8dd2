import Screen
import TestSupport
import Testing

extension OwnTerminalTests {
  /// Frame after frame of random change: the screen always shows the last canvas.
  struct FrameTests {
    @Test(arguments: 0..<12, ["", "truecolor"])
    func theScreenFollowsTheCanvas(seed: Int, colorTerm: String) throws {
      var random = SplitMix(state: UInt64(seed) &+ 7)
      var size = Size(rows: 8, columns: 30)
      let own = try OwnTerminal(size: size, ["COLORTERM": colorTerm])
      var canvas = Canvas(size: size)
      for frame in 0..<60 {
        if frame == 30 {
          size = Size(rows: 6, columns: 41)
          own.resize(to: size)
          canvas = Canvas(size: size)
        }
        change(&canvas, using: &random)
        let cursor = Position(
          row: Int.random(in: 0..<size.rows, using: &random),
          column: Int.random(in: 0..<size.columns, using: &random))
        try own.show(canvas, cursor: cursor)
        try expect(own.screen, shows: canvas, frame: frame, byValue: !colorTerm.isEmpty)
        #expect(own.screen.cursor == cursor)
      }
    }

    private func change(_ canvas: inout Canvas, using random: inout SplitMix) {
      let words = [
        "a", "fog", "红灯笼", "e\u{301}", "🇩🇪", "👩‍💻", "❤️", "─┐", "      ", "😀", "𜴀", "▀▄ ▌▐▚▀",
      ]
      let roles: [Role] = [.text, .accent, .selection, .title, .error]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        var style = Style(roles.randomElement(using: &random) ?? .text)
        if Bool.random(using: &random) {
          let level = UInt8.random(in: 1...3, using: &random)
          style.foreground = .rgb(level * 60, 255, level)
          style.background = .rgb(0, level, level * 80)
        }
        let word = words.randomElement(using: &random) ?? ""
        // libvterm 0.1.4 puts a combining mark of the last column on the next row.
        let end = canvas.size.columns - (word == "e\u{301}" ? 1 : 0)
        canvas.write(
          word, row: Int.random(in: 0..<canvas.size.rows, using: &random),
          column: Int.random(in: -1..<end, using: &random), style)
      }
    }

    private func expect(
      _ screen: TerminalEmulator, shows canvas: Canvas, frame: Int, byValue: Bool
    ) throws {
      for row in 0..<canvas.size.rows {
        for column in 0..<canvas.size.columns {
          let cell = canvas[row, column]
          guard let character = cell.character else { continue }
          // Of a sequence that libvterm does not join, the first part shows.
          let seen = screen[row, column]
          let shown = seen.text.unicodeScalars.first ?? " "
          guard shown == character.unicodeScalars.first || shown == "\u{A0}" && character == " "
          else {
            throw TestFailure(
              "frame \(frame), row \(row), column \(column): \(shown), not \(character)\n\(screen.text)"
            )
          }
          guard let wanted = cell.style.background else { continue }
          guard byValue ? seen.background == wanted : seen.background != .standard else {
            throw TestFailure(
              "frame \(frame), row \(row), column \(column): on \(seen.background), not \(wanted)")
          }
        }
      }
    }
  }
}
