import Screen
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// Pictures that the terminal draws itself, in front of cells that change.
  struct ImagePaintingTests {
    private static let size = Size(rows: 10, columns: 60)
    private let picture = ImagePlacement(0, row: 2, column: 20, rows: 4, columns: 20)

    /// Frame after frame of random change: the screen shows the last pictures, and the last canvas beside them.
    @Test(
      arguments: 0..<8, ["xterm-256color", "screen-256color", "xterm-kitty"])
    func theScreenFollowsTheFrame(seed: Int, type: String) throws {
      var random = SplitMix(state: UInt64(seed) &+ 99)
      var size = Size(rows: 9, columns: 44)
      let own = try OwnTerminal(
        size: size, ["TERM": type, "COLORTERM": seed % 2 == 0 ? "truecolor" : ""],
        images: LetterImages())
      var canvas = Canvas(size: size)
      var images: [ImagePlacement] = []
      var theme = Theme.terminal
      for step in 0..<80 {
        switch step {
        case 20: theme[.accent] = Appearance(.rgb(1, 200, 3))
        case 40:
          size = Size(rows: 7, columns: 51)
          own.resize(to: size)
          canvas = Canvas(size: size)
        case 50: own.terminal.repaint()
        case 60:
          own.terminal.leave()
          own.terminal.enter()
        case 70: _ = try own.answer(Array("\u{1B}P>|kitty(0.41)\u{1B}\\".utf8))
        default: break
        }
        change(&canvas, using: &random)
        change(&images, on: size, using: &random)
        let bytes = try own.show(canvas, images: images, theme: theme)
        #expect(TearingTests.move(in: bytes) == nil, "step \(step)")
        try expect(own.screen, shows: canvas, images, step)
      }
    }

    @Test func aLetterTypedBesideOneCostsOneByte() throws {
      let driver = LetterImages()
      let own = try OwnTerminal(size: Self.size, images: driver)
      var canvas = page()
      try own.show(canvas, cursor: Position(row: 3, column: 4), images: [picture])
      #expect(driver.events.all == [.placed(picture)])
      canvas.write("x", row: 3, column: 4)
      let bytes = try own.show(canvas, cursor: Position(row: 3, column: 5), images: [picture])
      #expect(bytes.count == 1)
      // What is blank to the end of the row under it is wiped beside it only.
      canvas.fill(Rect(row: 3, column: 0, rows: 1, columns: 19))
      canvas.fill(Rect(row: 3, column: 41, rows: 1, columns: 19))
      try own.show(canvas, cursor: Position(row: 3, column: 5), images: [picture])
      #expect(driver.events.all == [.placed(picture)])
      try expect(own.screen, shows: canvas, [picture])
    }

    @Test func whereOneWasTheRowsAreWrittenAnew() throws {
      let driver = LetterImages()
      let own = try OwnTerminal(size: Self.size, images: driver)
      let canvas = page()
      try own.show(canvas, images: [picture])
      #expect(own.screen[2, 20].text == "A")
      let moved = ImagePlacement(0, row: 3, column: 24, rows: 4, columns: 20)
      let bytes = try own.show(canvas, images: [moved])
      #expect(driver.events.all == [.placed(picture), .removed(picture), .placed(moved)])
      #expect(text(bytes).hasPrefix(LetterImages.removed))
      try expect(own.screen, shows: canvas, [moved])
      try own.show(canvas)
      try expect(own.screen, shows: canvas, [])
      #expect(try own.show(canvas).isEmpty)
    }

    @Test func whatChangesUnderOneIsDrawnUnderIt() throws {
      let driver = LetterImages()
      let own = try OwnTerminal(size: Self.size, images: driver)
      var canvas = page()
      try own.show(canvas, images: [picture])
      canvas.write("under", row: 4, column: 30)
      try own.show(canvas, images: [picture])
      #expect(driver.events.all == [.placed(picture), .placed(picture)])
      try expect(own.screen, shows: canvas, [picture])
      try own.show(canvas)
      #expect(own.screen.text(ofRow: 4).contains("under"))
    }

    @Test func onlyCellsAreShownWhereNothingDrawsPictures() throws {
      let moved = ImagePlacement(0, row: 3, column: 24, rows: 4, columns: 20)
      var changed = page()
      changed.write("x", row: 3, column: 30)
      let frames = [(page(), [picture]), (page(), []), (changed, [moved])]
      let bytes = try [true, false].map { hasImages in
        let own = try OwnTerminal(size: Self.size)
        return try frames.map { canvas, images in
          let bytes = try own.show(canvas, images: hasImages ? images : [])
          try expect(own.screen, shows: canvas, [])
          return bytes
        }
      }
      #expect(bytes[0] == bytes[1])
      #expect(bytes[0][1].isEmpty)
    }

    @Test func theyGoBeforeTheScreenIsGivenBack() throws {
      let own = try OwnTerminal(size: Self.size, images: LetterImages())
      try own.show(page(), images: [picture])
      own.terminal.leave()
      let words = text(try own.settle())
      let cleared = try #require(words.firstRange(of: LetterImages.cleared))
      let left = try #require(words.firstRange(of: "\u{1B}[?1049l"))
      #expect(cleared.upperBound <= left.lowerBound)
      own.terminal.enter()
      try own.show(page(), images: [picture])
      try expect(own.screen, shows: page(), [picture])
      own.terminal.close()
    }

    @Test func aLargeOneIsOneFrameWhereThatIsKnown() throws {
      let own = try OwnTerminal(size: Self.size, images: LetterImages())
      try own.show(page())
      _ = try own.answer(Array("\u{1B}[?2026;2$y".utf8))
      let large = ImagePlacement(0, row: 1, column: 10, rows: 8, columns: 45)
      let words = text(try own.show(page(), images: [large]))
      #expect(words.hasPrefix("\u{1B}[?2026h") && words.hasSuffix("\u{1B}[?2026l"))
    }

    // MARK: - Frames

    private func page() -> Canvas {
      var canvas = Canvas(size: Self.size)
      for row in 0..<Self.size.rows where row != 5 {
        canvas.write("row", row: row, column: 0)
        canvas.write("红灯笼 in fog", row: row, column: 15 + row)
        canvas.write("│", row: row, column: 57, Style(.border))
      }
      return canvas
    }

    private func change(_ canvas: inout Canvas, using random: inout SplitMix) {
      let words = ["a", "fog", "红灯笼", "🇩🇪", "❤️", "─┐", "      ", "            ", "😀", "▀▄ ▌▐"]
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        var style = Style(Bool.random(using: &random) ? .text : .accent)
        if Int.random(in: 0..<3, using: &random) == 0 {
          let level = UInt8.random(in: 1...3, using: &random)
          style.foreground = .rgb(level * 60, 255, level)
          style.background = .rgb(0, level, level * 80)
        }
        canvas.write(
          words.randomElement(using: &random) ?? "",
          row: Int.random(in: 0..<canvas.size.rows, using: &random),
          column: Int.random(in: -1..<canvas.size.columns, using: &random), style)
      }
    }

    private func change(
      _ images: inout [ImagePlacement], on size: Size, using random: inout SplitMix
    ) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...1 where images.count < 4:
        images.append(
          ImagePlacement(
            UInt32.random(in: 0..<5, using: &random),
            row: Int.random(in: -1..<size.rows, using: &random),
            column: Int.random(in: -1..<size.columns, using: &random),
            rows: Int.random(in: 1...5, using: &random),
            columns: Int.random(in: 1...20, using: &random)))
      case 2 where !images.isEmpty: images.removeFirst()
      case 3 where !images.isEmpty: images[0].rect.row += 1
      case 4 where !images.isEmpty: images[images.count - 1].rect.column -= 1
      case 5: images.shuffle(using: &random)
      default: break
      }
    }

    // MARK: - Looking

    private func expect(
      _ screen: TerminalEmulator, shows canvas: Canvas, _ images: [ImagePlacement],
      _ step: Int = 0
    ) throws {
      let onScreen = images.filter {
        !$0.rect.isEmpty && $0.rect.intersection(Rect(canvas.size)) == $0.rect
      }
      for row in 0..<canvas.size.rows {
        for column in 0..<canvas.size.columns {
          let here = { (column: Int) in
            onScreen.last { $0.rect.contains(Position(row: row, column: column)) }
          }
          let seen = screen[row, column].text
          let character = canvas[row, column].character
          if let image = here(column) {
            guard seen == LetterImages.letter(of: image) else {
              throw failure(step, row, column, seen, "picture \(image)", screen)
            }
          } else if let character {
            // Half of a wide one may be under a picture.
            if TextWidth.columns(of: character) == 2, here(column + 1) != nil { continue }
            let shown = seen.unicodeScalars.first ?? " "
            guard
              shown == character.unicodeScalars.first || shown == "\u{A0}" && character == " "
            else { throw failure(step, row, column, seen, "\(character)", screen) }
          }
        }
      }
    }

    private func failure(
      _ step: Int, _ row: Int, _ column: Int, _ seen: String, _ wanted: String,
      _ screen: TerminalEmulator
    ) -> TestFailure {
      TestFailure(
        "step \(step), row \(row), column \(column): “\(seen)”, not \(wanted)\n\(screen.text)")
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  }
}
