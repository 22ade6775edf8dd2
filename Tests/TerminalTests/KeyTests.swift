import Screen
import Terminal
import Testing

/// One line of a table: what comes in, and the key it means.
struct KeyCase: CustomTestStringConvertible, Sendable {
  let bytes: String
  let key: Key

  init(_ bytes: String, _ code: Key.Code, _ modifiers: Key.Modifiers = []) {
    self.bytes = bytes
    key = Key(code, modifiers)
  }

  var testDescription: String { DisplayText.visible(bytes) }
}

struct KeyTests {
  @Test(arguments: [
    KeyCase("a", .character("a")), KeyCase("红", .character("红")),
    KeyCase("e\u{301}", .character("e\u{301}")), KeyCase("👩‍💻", .character("👩‍💻")),
    KeyCase("\r", .enter), KeyCase("\n", .character("j"), .control), KeyCase("\t", .tab),
    KeyCase("\u{7F}", .backspace), KeyCase("\u{8}", .character("h"), .control),
    KeyCase("\u{0}", .character(" "), .control), KeyCase("\u{1}", .character("a"), .control),
    KeyCase("\u{1A}", .character("z"), .control), KeyCase("\u{1F}", .character("_"), .control),
    KeyCase("\u{1B}a", .character("a"), .alt), KeyCase("\u{1B}\r", .enter, .alt),
    KeyCase("\u{1B}\u{7F}", .backspace, .alt), KeyCase("\u{1B}ф", .character("ф"), .alt),
    KeyCase("\u{1B}\u{6}", .character("f"), [.alt, .control]),
  ])
  func typingMeansCharactersAndControlKeys(_ line: KeyCase) {
    expect(line)
  }

  @Test(arguments: [
    KeyCase("\u{1B}[A", .up), KeyCase("\u{1B}OB", .down), KeyCase("\u{1B}[1;5C", .right, .control),
    KeyCase("\u{1B}[1;3D", .left, .alt), KeyCase("\u{1B}[1;2F", .end, .shift),
    KeyCase("\u{1B}[1;8H", .home, [.shift, .alt, .control]), KeyCase("\u{1B}OH", .home),
    KeyCase("\u{1B}[2~", .insert), KeyCase("\u{1B}[3;5~", .delete, .control),
    KeyCase("\u{1B}[5~", .pageUp), KeyCase("\u{1B}[6;2~", .pageDown, .shift),
    KeyCase("\u{1B}[Z", .tab, .shift), KeyCase("\u{1B}OP", .function(1)),
    KeyCase("\u{1B}[1;2R", .function(3), .shift), KeyCase("\u{1B}[15~", .function(5)),
    KeyCase("\u{1B}[24;3~", .function(12), .alt), KeyCase("\u{1B}OM", .enter),
    KeyCase("\u{1B}Op", .character("0")), KeyCase("\u{1B}[27;5;13~", .enter, .control),
  ])
  func xtermKeysAreKnown(_ line: KeyCase) {
    expect(line)
  }

  @Test(arguments: [
    KeyCase("\u{1B}[[A", .function(1)), KeyCase("\u{1B}[[E", .function(5)),
    KeyCase("\u{1B}[1~", .home), KeyCase("\u{1B}[4~", .end), KeyCase("\u{1B}[7~", .home),
    KeyCase("\u{1B}[8~", .end), KeyCase("\u{1B}[a", .up, .shift),
    KeyCase("\u{1B}Oc", .right, .control),
    KeyCase("\u{1B}[3$", .delete, .shift), KeyCase("\u{1B}[3^", .delete, .control),
    KeyCase("\u{1B}[3@", .delete, [.shift, .control]), KeyCase("\u{1B}\u{1B}[A", .up, .alt),
  ])
  func keysOfTheLinuxConsoleAndRxvtAreKnown(_ line: KeyCase) {
    expect(line)
  }

  @Test(arguments: [
    KeyCase("\u{1B}[27u", .escape), KeyCase("\u{1B}[13;2u", .enter, .shift),
    KeyCase("\u{1B}[9;5u", .tab, .control), KeyCase("\u{1B}[97;5u", .character("a"), .control),
    KeyCase("\u{1B}[97;6u", .character("a"), [.shift, .control]),
    KeyCase("\u{1B}[97;4u", .character("A"), .alt),
    KeyCase("\u{1B}[49:33;4u", .character("!"), .alt),
    KeyCase("\u{1B}[127;3u", .backspace, .alt), KeyCase("\u{1B}[57414u", .enter),
    KeyCase("\u{1B}[57417;5u", .left, .control), KeyCase("\u{1B}[57376u", .function(13)),
    KeyCase("\u{1B}[105;5:1u", .character("i"), .control),
    KeyCase("\u{1B}[97;69u", .character("a"), .control),  // Caps lock is no modifier.
  ])
  func kittyKeysAreKnown(_ line: KeyCase) {
    expect(line)
  }

  @Test func theLineSaysWhatBackspaceSends() {
    var parser = InputParser(backspace: 0x08)
    #expect(parser.feed([0x08, 0x7F]) == [.key(Key(.backspace)), .key(Key(.backspace))])
  }

  @Test func escapeIsAKeyOnceNothingFollowsIt() {
    var parser = InputParser()
    #expect(!parser.needsFlush)
    #expect(parser.feed([0x1B]).isEmpty)
    #expect(parser.needsFlush)
    #expect(parser.flush() == [.key(Key(.escape))])
    #expect(!parser.needsFlush)
    #expect(parser.flush().isEmpty)
    #expect(
      parser.feed(Array("\u{1B}\u{1B}x".utf8)) == [
        .key(Key(.escape)), .key(Key(.character("x"), .alt)),
      ])
  }

  @Test(arguments: ["[", "O", "]", "P"])
  func altAndAnIntroducerIsAKeyOnceNothingFollowsIt(letter: String) {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}\(letter)".utf8)).isEmpty)
    #expect(parser.needsFlush)
    #expect(parser.flush() == [.key(Key(.character(Character(letter)), .alt))])
  }

  @Test func aSequenceUnderWayIsNotTakenForKeys() {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[1;".utf8)).isEmpty)
    #expect(!parser.needsFlush)
    #expect(parser.flush().isEmpty)
    #expect(parser.feed(Array("5A".utf8)) == [.key(Key(.up, .control))])
  }

  private func expect(_ line: KeyCase) {
    var parser = InputParser()
    #expect(parser.feed(Array(line.bytes.utf8)) == [.key(line.key)])
    #expect(!parser.needsFlush)
  }
}
