import Screen
import Terminal
import Testing

/// What is not a key: mouse, focus, paste, and the answers of terminals.
struct ReplyTests {
  @Test(arguments: [
    ("\u{1B}[?62;4;22c", TerminalReply.primaryAttributes([62, 4, 22])),
    ("\u{1B}[?1u", .keyboardFlags(1)),
    ("\u{1B}[6;18;9t", .cellSize(height: 18, width: 9)),
    ("\u{1B}[?2026;2$y", .mode(2026, 2)),
    ("\u{1B}P>|XTerm(379)\u{1B}\\", .version("XTerm(379)")),
    (
      "\u{1B}]11;rgb:1c1c/2020/ffff\u{7}",
      .backgroundColor(red: 0x1C1C, green: 0x2020, blue: 0xFFFF)
    ),
    ("\u{1B}]11;rgb:f/0/8\u{1B}\\", .backgroundColor(red: 0xFFFF, green: 0, blue: 0x8888)),
    ("\u{1B}[>41;354;0c", .other), ("\u{1B}[24;80R", .other), ("\u{1B}[0n", .other),
    ("\u{1B}[8;24;80t", .other), ("\u{1B}[6;0;9t", .other), ("\u{1B}_Gi=31;OK\u{1B}\\", .other),
    ("\u{1B}P1+r524742\u{1B}\\", .other), ("\u{1B}[99~", .other), ("\u{1B}[57441u", .other),
    ("\u{1B}[97;5:3u", .other), ("\u{1B}[97;9u", .other),
  ])
  func answersAreNeverKeys(bytes: String, reply: TerminalReply) {
    var parser = InputParser()
    #expect(parser.feed(Array(bytes.utf8)) == [.reply(reply)])
    #expect(parser.feed(Array("x".utf8)) == [.key(Key(.character("x")))])
  }

  @Test func aVersionCannotSteerTheTerminalItIsShownOn() {
    var parser = InputParser()
    let events = parser.feed(Array("\u{1B}P>|a\u{9B}2Jb\u{1B}\\".utf8))
    #expect(events == [.reply(.version("a<9B>2Jb"))])
  }

  @Test func anEndlessStringIsReadButNotKept() {
    var parser = InputParser()
    var events: [InputEvent] = []
    events += parser.feed(Array("\u{1B}]11;".utf8))
    for _ in 0..<1000 { events += parser.feed(Array(repeating: UInt8(ascii: "z"), count: 100)) }
    events += parser.feed(Array("\u{1B}\\q".utf8))
    #expect(events == [.reply(.other), .key(Key(.character("q")))])
  }

  @Test func aBrokenSequenceDoesNotSwallowTheKeyBehindIt() {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[1;\r".utf8)) == [.reply(.other), .key(Key(.enter))])
    #expect(parser.feed(Array("\u{1B}]0;x\u{1B}[A".utf8)) == [.reply(.other), .key(Key(.up))])
    #expect(parser.feed([0x1B, 0x5B, 0x31, 0x18]) == [.reply(.other)])
  }

  @Test func invalidBytesShowAsReplacementCharacters() {
    var parser = InputParser()
    let bytes: [UInt8] = [0xFF, 0x61, 0xE7, 0xBA, 0x62, 0xC0, 0xED, 0xA0, 0x80]
    let text = parser.feed(bytes).map { $0 }
    let expected = "\u{FFFD}a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"
    #expect(text == expected.map { .key(Key(.character($0))) })
  }

  @Test(arguments: [
    ("\u{1B}[<0;10;5M", MouseEvent(kind: .press, position: Position(row: 4, column: 9))),
    ("\u{1B}[<0;10;5m", MouseEvent(kind: .release, position: Position(row: 4, column: 9))),
    ("\u{1B}[<32;300;1M", MouseEvent(kind: .drag, position: Position(row: 0, column: 299))),
    ("\u{1B}[<64;1;1M", MouseEvent(kind: .wheelUp, position: Position(row: 0, column: 0))),
    (
      "\u{1B}[<81;1;1M",
      MouseEvent(
        kind: .wheelDown, position: Position(row: 0, column: 0), modifiers: .control)
    ),
    ("\u{1B}[M !!", MouseEvent(kind: .press, position: Position(row: 0, column: 0))),
    ("\u{1B}[M#*%", MouseEvent(kind: .release, position: Position(row: 4, column: 9))),
  ])
  func mouseReportsAreInCells(bytes: String, event: MouseEvent) {
    var parser = InputParser()
    #expect(parser.feed(Array(bytes.utf8)) == [.mouse(event)])
  }

  @Test func aBurstOfClicksArrivesWhole() {
    var parser = InputParser()
    let clicks = String(repeating: "\u{1B}[<0;1;1M\u{1B}[<0;1;1m", count: 50)
    #expect(parser.feed(Array(clicks.utf8)).count == 100)
  }

  @Test func otherButtonsMeanNothing() {
    var parser = InputParser()
    #expect(
      parser.feed(Array("\u{1B}[<2;1;1M\u{1B}[<35;1;1M".utf8)) == [.reply(.other), .reply(.other)])
  }

  @Test func focusIsReported() {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[I\u{1B}[O".utf8)) == [.focus(true), .focus(false)])
  }
}
