import Screen
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// A terminal that went from light to dark while its window had not the focus is asked for its background.
  struct FocusTests {
    private static let question = "\u{1B}]11;?\u{1B}\\"
    private let size = Size(rows: 4, columns: 20)

    @Test func theBackgroundIsAskedForAgainBehindTheFrame() throws {
      let own = try OwnTerminal(size: size)
      var canvas = Canvas(size: size)
      try own.show(canvas)
      #expect(try own.answer(Array("\u{1B}[I".utf8)) == [.focus(true)])
      #expect(try own.settle().isEmpty)
      canvas.write("x", row: 0, column: 0)
      let words = String(decoding: try own.show(canvas), as: UTF8.self)
      #expect(words.hasSuffix(Self.question) && words.hasPrefix("x"))
      #expect(try own.show(canvas).isEmpty)
    }

    @Test func noFrameIsNeededForThat() throws {
      let own = try OwnTerminal(size: size)
      try own.show(Canvas(size: size))
      _ = try own.answer(Array("\u{1B}[O\u{1B}[I\u{1B}[O\u{1B}[I".utf8))
      own.terminal.sendQuestions()
      #expect(String(decoding: try own.settle(), as: UTF8.self) == Self.question)
      own.terminal.sendQuestions()
      #expect(try own.settle().isEmpty)
      _ = try own.answer(Array("\u{1B}[O".utf8))
      own.terminal.sendQuestions()
      #expect(try own.settle().isEmpty)
    }

    @Test func aConsoleIsAskedNothing() throws {
      let own = try OwnTerminal(size: size, ["TERM": "linux"])
      try own.show(Canvas(size: size))
      _ = try own.answer(Array("\u{1B}[I".utf8))
      own.terminal.sendQuestions()
      #expect(try own.settle().isEmpty)
    }
  }
}
