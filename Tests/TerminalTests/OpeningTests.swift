import Posix
import Screen
import TestSupport
import Testing

/// What terminals are taken, and what is asked of them.
@Suite(.serialized) struct OpeningTests {
  @Test func anUnknownTypeIsTakenForXtermAndSaidSo() throws {
    let session = try startProbe(term: "xterm-from-the-future", size: Size(rows: 10, columns: 90))
    #expect(
      session.screen.contains("“xterm-from-the-future” is not known here; using xterm-256color"))
    #expect(session.screen.isAlternateScreen)
  }

  @Test(arguments: ["xterm", "screen-256color", "tmux-256color", "vt100", "linux", "xterm-mono"])
  func commonTypesWork(term: String) throws {
    let session = try TerminalSession(
      BuiltProgram.path("terminal-probe"), ["红 ready"],
      environment: BuiltProgram.environment(home: "/", term: term), size: Size(rows: 5, columns: 20)
    )
    try session.waitFor("红 ready")
    try session.type("x")
    try session.waitFor("x")
    #expect(session.screen.text(ofRow: 0) == "红 ready")
    try session.type("\u{11}")
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.terminal.modes.isCooked)
  }

  @Test(arguments: ["dumb", ""])
  func aTypeWithoutCursorIsRefusedWithAWayOut(term: String) throws {
    let session = try TerminalSession(
      BuiltProgram.path("terminal-probe"),
      environment: BuiltProgram.environment(home: "/", term: term))
    #expect(try session.waitForEnd() == .exited(1))
    #expect(session.screen.text.contains("darkroom generate"))
    #expect(session.terminal.modes.isCooked)
    #expect(!session.log.contains(0x1B))
  }

  @Test func outputThatIsNoTerminalIsRefusedWithAWayOut() throws {
    let probe = try BuiltProgram.path("terminal-probe")
    let session = try TerminalSession(
      "/bin/sh", ["-c", "\(probe) | cat"], environment: BuiltProgram.environment(home: "/"),
      size: Size(rows: 5, columns: 200))
    _ = try session.waitForEnd()
    #expect(session.screen.text.contains("Standard output is not a terminal"))
    #expect(session.screen.text.contains("darkroom generate"))
  }

  @Test func chineseIsDrawnWithoutALocale() throws {
    let session = try startProbe(["红灯笼"], environment: ["LANG": "C", "LC_ALL": "C"])
    #expect(session.screen.text(ofRow: 0) == "红灯笼")
  }

  @Test func theKeyboardProtocolIsUsedOnlyWhereItIsSpoken() throws {
    let session = try startProbe()
    let push = "\u{1B}[>1u"
    #expect(!log(session).contains(push))
    try session.type("\u{1B}[?0u")
    try session.waitFor("the protocol to be switched on") { _ in log(session).contains(push) }
    try session.type("\u{1B}[13;2u")
    try session.waitFor("enter 1")

    // Each screen has flags of its own: they are set once the right one is up.
    try session.type("\u{F}")
    try session.waitFor("an editor has the screen")
    session.setMark()
    try session.type("\n")
    try session.waitFor("the protocol to be switched on again") { _ in
      let words = String(decoding: session.bytesSinceMark, as: UTF8.self)
      return words.split(separator: "\u{1B}[?1049h", maxSplits: 1).last?.contains(push) == true
    }
    try session.type("\u{1B}[113;5u")
    _ = try session.waitForEnd()
    #expect(log(session).contains("\u{1B}[<u"))
  }

  @Test func theTitleIsCleanAndTakenBack() throws {
    let session = try startProbe()
    try session.type("\u{17}")
    try session.waitFor("a title") { $0.title == "Darkroom␛[2J" }
    try session.type("\u{11}")
    _ = try session.waitForEnd()
    #expect(log(session).contains("\u{1B}[22;2t"))
    #expect(log(session).contains("\u{1B}[23;2t"))
  }

  @Test func keysAndPastesArriveThroughTheLine() throws {
    let session = try startProbe()
    try session.type("红灯\u{1B}[200~two\nlines\u{1B}[201~")
    try session.waitFor("pasted two")
    #expect(session.screen.text(ofRow: 1) == "红灯")
    try session.type("\u{1B}")
    try session.waitFor("escape 0")
    try session.type("\u{1B}[<0;7;3M")
    try session.waitFor("press 2 6")
    try session.type("\u{7F}")
    try session.waitFor("backspace 0")
    try session.type("\u{3}\u{A}\u{1C}")
    try session.drain()
    #expect(session.screen.isAlternateScreen)  // Control-C and the like are keys, not signals.
  }

  private func log(_ session: TerminalSession) -> String {
    String(decoding: session.log, as: UTF8.self)
  }
}
