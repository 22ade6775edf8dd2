import Screen
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// Pictures of cells: in all their colours where the terminal has them.
  struct PictureTests {
    private static let size = Size(rows: 10, columns: 60)
    private static let trueColor = ["COLORTERM": "truecolor"]

    @Test func everyColorIsShownAsItIs() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      let canvas = page()
      try own.show(canvas)
      expect(own.screen, shows: canvas)
    }

    @Test(arguments: [("xterm-256color", UInt8(16)...255), ("xterm", 0...7)])
    func fewerColorsAreMappedTo(type: String, range: ClosedRange<UInt8>) throws {
      let own = try OwnTerminal(size: Self.size, ["TERM": type])
      let canvas = page()
      try own.show(canvas)
      for (row, column) in places(canvas) {
        let seen = own.screen[row, column]
        #expect(seen.text == canvas[row, column].character.map { "\($0)" })
        guard case .palette(let index) = seen.background else {
          Issue.record("no palette entry: \(seen)")
          return
        }
        #expect(range.contains(index))
      }
    }

    @Test func noColorWins() throws {
      let own = try OwnTerminal(
        size: Self.size, ["NO_COLOR": "1", "COLORTERM": "truecolor", "TERM": "xterm-kitty"])
      let canvas = page()
      let bytes = try own.show(canvas)
      #expect(!text(bytes).contains("38;"))
      #expect(own.screen[2, 30].background == .standard)
      _ = try own.answer(Array("\u{1B}P>|kitty(0.41)\u{1B}\\\u{1B}P1$r48:2:1:2:3m\u{1B}\\".utf8))
      #expect(!text(try own.settle()).contains("48;"))
    }

    @Test func whatWasCoveredComesBack() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      let canvas = page()
      try own.show(canvas)
      var covered = canvas
      covered.fill(Rect(row: 2, column: 25, rows: 5, columns: 20))
      covered.write("help 红", row: 3, column: 28, Style(.accent))
      try own.show(covered)
      #expect(own.screen.text(ofRow: 3).contains("help 红"))
      #expect(own.screen[3, 40].background == .standard)
      expect(own.screen, shows: covered)
      try own.show(canvas)
      expect(own.screen, shows: canvas)
    }

    @Test func anotherSizeShowsItWhole() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      try own.show(page())
      for size in [Size(rows: 12, columns: 50), Size(rows: 4, columns: 25), Self.size] {
        own.resize(to: size)
        let canvas = page(size)
        try own.show(canvas)
        expect(own.screen, shows: canvas)
      }
    }

    @Test func itComesBackAfterAnotherProgramAndARepaint() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      let canvas = page()
      try own.show(canvas)
      own.terminal.leave()
      own.terminal.enter()
      try own.show(canvas)
      expect(own.screen, shows: canvas)
      _ = own.screen.feed(Array("\u{1B}[2J".utf8))
      own.terminal.repaint()
      try own.show(canvas)
      expect(own.screen, shows: canvas)
    }

    @Test func aLetterTypedBesideItCostsOneByte() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      var canvas = page()
      try own.show(canvas, cursor: Position(row: 3, column: 4))
      canvas.write("x", row: 3, column: 4)
      #expect(try own.show(canvas, cursor: Position(row: 3, column: 5)).count == 1)
      #expect(try own.show(canvas, cursor: Position(row: 3, column: 5)).isEmpty)
      // On both sides of the picture at once, it still stays as it is.
      canvas.write("y", row: 3, column: 5)
      canvas.write("z", row: 3, column: 58)
      #expect(try own.show(canvas, cursor: Position(row: 3, column: 6)).count <= 24)
      expect(own.screen, shows: canvas)
    }

    @Test func onlyChangedCellsAreSentAgain() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      var canvas = page()
      try own.show(canvas)
      canvas.put("▚", row: 4, column: 33, Style(.picture, foreground: .rgb(9, 8, 7)))
      #expect(try own.show(canvas).count <= 60)
      expect(own.screen, shows: canvas)
    }

    @Test func aNarrowOneSurvivesChangesOnBothSides() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      let style = Style(.picture, foreground: .rgb(200, 100, 50), background: .rgb(1, 2, 3))
      for width in 1...12 {
        var canvas = Canvas(size: Self.size)
        canvas.write(String(repeating: "▀", count: width), row: 0, column: 3, style)
        canvas.write("a", row: 0, column: 2)
        canvas.write("a", row: 0, column: 3 + width)
        try own.show(canvas)
        canvas.write("b", row: 0, column: 2)
        canvas.write("b", row: 0, column: 3 + width)
        try own.show(canvas)
        expect(own.screen, shows: canvas)
      }
    }

    @Test func aNameThatIsKnownBringsTheColors() throws {
      let own = try OwnTerminal(size: Self.size)
      let canvas = page()
      try own.show(canvas, cursor: Position(row: 1, column: 1))
      #expect(own.screen[2, 30].background != canvas[2, 30].style.background)
      _ = try own.answer(Array("\u{1B}P>|kitty(0.41.1)\u{1B}\\".utf8))
      try own.settle()
      expect(own.screen, shows: canvas)
      #expect(own.screen.cursor == Position(row: 1, column: 1))
      #expect(own.screen.isCursorVisible)
      #expect(try own.show(canvas, cursor: Position(row: 1, column: 1)).isEmpty)
    }

    @Test(arguments: ["\u{1B}P>|Emulator 1\u{1B}\\", "\u{1B}[?61;4c"])
    func aTerminalThatShowsTheColorBackGetsThem(introduction: String) throws {
      let own = try OwnTerminal(size: Self.size)
      let canvas = page()
      try own.show(canvas)
      _ = try own.answer(Array(introduction.utf8))
      #expect(text(try own.settle()).contains("\u{1B}P$qm"))
      _ = try own.answer(own.answers)
      try own.settle()
      expect(own.screen, shows: canvas)
      _ = try own.answer(Array(introduction.utf8))
      #expect(!text(try own.settle()).contains("$qm"))
    }

    @Test func aTerminalThatShowsAnotherColorKeepsThePalette() throws {
      let own = try OwnTerminal(size: Self.size)
      try own.show(page())
      _ = try own.answer(Array("\u{1B}P>|XTerm(379)\u{1B}\\".utf8))
      try own.settle()
      _ = try own.answer(Array("\u{1B}P1$r0;48:5:16m\u{1B}\\".utf8))
      #expect(try own.settle().isEmpty)
    }

    @Test(arguments: [true, false])
    func aThemeInAllColorsIsShownAsItIs(isKnownAtOnce: Bool) throws {
      let own = try OwnTerminal(size: Self.size, isKnownAtOnce ? Self.trueColor : [:])
      var theme = Theme.terminal
      theme[.accent] = Appearance(.rgb(250, 130, 10), on: .rgb(20, 30, 40), bold: true)
      var canvas = Canvas(size: Self.size)
      canvas.write("amber 红", row: 1, column: 3, Style(.accent))
      canvas.write("plain", row: 2, column: 3)
      try own.show(canvas, theme: theme)
      if !isKnownAtOnce {
        #expect(own.screen[1, 3].foreground != .rgb(250, 130, 10))
        _ = try own.answer(Array("\u{1B}P>|kitty(0.41.1)\u{1B}\\".utf8))
        try own.settle()
      }
      for column in [3, 7, 9] {
        #expect(own.screen[1, column].foreground == .rgb(250, 130, 10))
        #expect(own.screen[1, column].background == .rgb(20, 30, 40))
        #expect(own.screen[1, column].isBold)
      }
      #expect(own.screen.text(ofRow: 1) == "   amber 红")
      #expect(own.screen[2, 3].foreground == .standard)
      #expect(try own.show(canvas, theme: theme).isEmpty)
    }

    @Test func aPictureIsOneFrameWhereThatIsKnown() throws {
      let own = try OwnTerminal(size: Self.size, Self.trueColor)
      try own.show(Canvas(size: Self.size))
      _ = try own.answer(Array("\u{1B}[?2026;2$y".utf8))
      let words = text(try own.show(page()))
      #expect(words.hasPrefix("\u{1B}[?2026h"))
      #expect(words.hasSuffix("\u{1B}[?2026l"))
    }

    /// A dark picture with text on its left and a border on its right.
    private func page(_ size: Size = Self.size) -> Canvas {
      var canvas = Canvas(size: size)
      for row in 0..<size.rows {
        canvas.write("row", row: row, column: 0)
        canvas.write("│", row: row, column: 57, Style(.border))
        for column in 20..<min(56, size.columns) {
          let style = Style(
            .picture, foreground: .rgb(UInt8(column), UInt8(row * 5), 40),
            background: .rgb(12, UInt8(column / 2), UInt8(row * 3)))
          let shapes: [Character] = ["▀", "▌", " ", "▚"]
          canvas.put(shapes[(row + column) % 4], row: row, column: column, style)
        }
      }
      return canvas
    }

    private func places(_ canvas: Canvas) -> [(row: Int, column: Int)] {
      (0..<canvas.size.rows).flatMap { row in (0..<canvas.size.columns).map { (row, $0) } }
        .filter { canvas[$0.row, $0.column].style.role == .picture }
    }

    private func expect(
      _ screen: TerminalEmulator, shows canvas: Canvas,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      for (row, column) in places(canvas) {
        let (seen, cell) = (screen[row, column], canvas[row, column])
        #expect(seen.text == cell.character.map { "\($0)" }, sourceLocation: sourceLocation)
        #expect(
          seen.background == cell.style.background ?? .standard, sourceLocation: sourceLocation)
        // A blank shows none.
        if cell.character == " " { continue }
        #expect(seen.foreground == cell.style.foreground, sourceLocation: sourceLocation)
      }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  }
}
