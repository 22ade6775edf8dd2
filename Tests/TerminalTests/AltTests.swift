import Screen
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// Alt must reach the program: xterm as it comes sends letters for it, unless told otherwise.
  struct AltTests {
    @Test func modesThatAreResetAreSetAndResetAgain() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      try own.show(Canvas(size: Size(rows: 5, columns: 20)))
      _ = try own.answer(Array("\u{1B}P>|XTerm(379)\u{1B}\\".utf8))
      #expect(text(try own.settle()).contains("\u{1B}[?1036$p\u{1B}[?1039$p"))
      _ = try own.answer(Array("\u{1B}[?1036;2$y\u{1B}[?1039;2$y".utf8))
      #expect(text(try own.settle()).contains("\u{1B}[?1036h\u{1B}[?1039h"))
      own.terminal.leave()
      #expect(text(try own.settle()).contains("\u{1B}[?1036l\u{1B}[?1039l"))
      own.terminal.enter()
      #expect(text(try own.settle()).contains("\u{1B}[?1036h\u{1B}[?1039h"))
    }

    /// What a shell needs stays as it was found.
    @Test(arguments: ["1036;1", "1036;0", "1036;3", "1036;4"])
    func otherModesAreLeftAlone(answer: String) throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[?64;1c\u{1B}[?\(answer)$y".utf8))
      #expect(!text(try own.settle()).contains("?1036h"))
      own.terminal.leave()
      #expect(!text(try own.settle()).contains("?1036l"))
    }

    @Test func aTerminalThatMayNotUnderstandIsNotAsked() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[?1;2c".utf8))
      #expect(!text(try own.settle()).contains("1036"))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  }

  /// A paste whose end got lost on the way.
  struct UnfinishedPasteTests {
    @Test func itEndsAfterASecondOfSilence() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      #expect(try own.answer(Array("\u{1B}[200~one".utf8), at: 5000).isEmpty)
      #expect(own.terminal.flushTime == 6000)
      #expect(own.terminal.flushInput(at: 5999).isEmpty)
      #expect(try own.answer(Array(" two\u{1B}[2".utf8), at: 5999).isEmpty)
      #expect(own.terminal.flushInput(at: 6998).isEmpty)
      #expect(own.terminal.flushInput(at: 6999) == [.paste("one two")])
      #expect(own.terminal.flushTime == 7999)
      #expect(own.terminal.flushInput(at: 7999).isEmpty)
      #expect(own.terminal.flushTime == nil)
      #expect(try own.answer(Array("q".utf8), at: 9000) == [.key(Key(.character("q")))])
    }

    /// The line was slow, not the end lost: what comes late is text still.
    @Test func whatComesLateIsNoKeys() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[200~one".utf8), at: 0)
      #expect(own.terminal.flushInput(at: 1000) == [.paste("one")])
      #expect(
        try own.answer(Array("dR\r\u{1B}[201~q".utf8), at: 1500) == [
          .paste("dR\n"), .key(Key(.character("q"))),
        ])
      #expect(try own.answer(Array("d".utf8), at: 1600) == [.key(Key(.character("d")))])
    }

    /// It comes in many reads, each of which would be keys: `d` trashes, `R` pays.
    @Test func whatComesLateInPartsIsNoKeys() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[200~one".utf8), at: 0)
      #expect(own.terminal.flushInput(at: 1000) == [.paste("one")])
      #expect(try own.answer(Array("dR".utf8), at: 1500).isEmpty)
      #expect(try own.answer(Array("R\r".utf8), at: 2400).isEmpty)
      #expect(own.terminal.flushTime == 3400)
      #expect(own.terminal.flushInput(at: 3400) == [.paste("dRR\n")])
      #expect(try own.answer(Array("x\u{1B}[20".utf8), at: 4000).isEmpty)
      #expect(own.terminal.flushInput(at: 5000) == [.paste("x")])
      #expect(try own.answer(Array("1~".utf8), at: 5100).isEmpty)
      #expect(try own.answer(Array("d".utf8), at: 5200) == [.key(Key(.character("d")))])
    }

    @Test func anotherPasteBeginsWhereOneStandsStill() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[200~one".utf8), at: 0)
      _ = own.terminal.flushInput(at: 1000)
      #expect(
        try own.answer(Array("\u{1B}[200~two\u{1B}[201~q".utf8), at: 1200) == [
          .paste("two"), .key(Key(.character("q"))),
        ])
    }

    @Test func anotherPasteAfterItIsWhole() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer(Array("\u{1B}[200~one".utf8), at: 0)
      _ = own.terminal.flushInput(at: 1000)
      _ = own.terminal.flushInput(at: 2000)
      #expect(
        try own.answer(Array("x\u{1B}[200~two\u{1B}[201~".utf8), at: 3000) == [
          .key(Key(.character("x"))), .paste("two"),
        ])
    }

    @Test func escapeStillWaitsForThirtyMilliseconds() throws {
      let own = try OwnTerminal(size: Size(rows: 5, columns: 20))
      _ = try own.answer([0x1B], at: 100)
      #expect(own.terminal.flushTime == 130)
      #expect(own.terminal.flushInput(at: 130) == [.key(Key(.escape))])
    }
  }
}
