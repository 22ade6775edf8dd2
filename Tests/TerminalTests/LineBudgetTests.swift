import Screen
import TestSupport
import Testing

/// How many bytes a frame costs on the line.
@Suite(.serialized) struct LineBudgetTests {
  @Test(arguments: ["a", "红", "é"])
  func aTypedLetterCostsAtMostTwentyFourBytes(letter: String) throws {
    let session = try startProbe(["ready 红", "second"])
    try session.type("abc")
    try session.waitFor("abc")
    try session.drain()
    session.setMark()
    try session.type(letter)
    try session.waitFor("abc\(letter)")
    try session.drain()
    #expect(session.bytesSinceMark.count <= 24, "\(Array(session.bytesSinceMark))")
  }

  @Test func anIdleScreenSendsNothing() throws {
    let session = try startProbe()
    session.setMark()
    session.readOn(for: .milliseconds(300))
    #expect(session.bytesSinceMark.isEmpty)
    try session.type("\u{1B}[?1;2c")  // An answer that changes nothing on the screen.
    try session.drain()
    #expect(session.bytesSinceMark.isEmpty)
  }

  @Test func onlyLargeFramesAreBracketedAndOnlyWhereThatIsKnown() throws {
    let line = String(repeating: "红灯笼 in fog ", count: 2)
    let session = try startProbe([line, line, line, line, line, line, line])
    #expect(!text(session.log[...]).contains("?2026h"))
    try session.type("\u{1B}P>|Emulator 1\u{1B}\\")
    try session.waitFor("a question about frames") { _ in text(session.log[...]).contains("?2026$p")
    }
    try session.type("\u{1B}[?2026;2$y")
    session.setMark()
    try session.type("x")
    try session.waitFor("x")
    #expect(!text(session.bytesSinceMark).contains("?2026"))
    session.resize(to: Size(rows: 12, columns: 50))
    try session.waitFor("a bracketed frame") { _ in text(session.bytesSinceMark).contains("?2026l")
    }
    #expect(text(session.bytesSinceMark).contains("?2026h"))
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
