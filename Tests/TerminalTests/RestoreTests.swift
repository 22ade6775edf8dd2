import Glibc
import Posix
import Screen
import TestSupport
import Testing

/// Whatever ends the program, the shell behind it finds its terminal as it was.
@Suite(.serialized) struct RestoreTests {
  @Test func anOrderlyEndGivesTheTerminalBack() throws {
    let session = try startProbe()
    #expect(session.screen.isAlternateScreen)
    #expect(session.screen.isMouseReported)
    #expect(!session.terminal.modes.isCooked)
    try session.type("\u{11}")
    #expect(try session.waitForEnd() == .exited(0))
    try session.expectRestored()
  }

  @Test(arguments: [
    ("\u{5}", [Posix.TerminationStatus.exited(3)]), ("\u{1}", [.signalled(SIGABRT)]),
    ("\u{14}", [.signalled(SIGILL), .signalled(SIGTRAP)]),
  ])
  func aSuddenEndGivesTheTerminalBack(key: String, endings: [Posix.TerminationStatus]) throws {
    let session = try startProbe()
    try session.type(key)
    let ending = try session.waitForEnd()
    #expect(endings.contains(ending))
    try session.expectRestored()
  }

  @Test(arguments: [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS,
    SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGIO, SIGPWR, SIGSTKFLT, 40,
  ])
  func aSignalGivesTheTerminalBack(signal: Int32) throws {
    let session = try startProbe()
    kill(session.processIdentifier, signal)
    #expect(try session.waitForEnd() == .signalled(signal))
    try session.expectRestored()
  }

  @Test func whatACrashSaidIsReadableAfterwards() throws {
    let session = try startProbe()
    session.setMark()
    try session.type("\u{14}")
    _ = try session.waitForEnd()
    let words = String(decoding: session.bytesSinceMark, as: UTF8.self)
    let behind = words.split(separator: "\u{1B}[?1049l", maxSplits: 1).last ?? ""
    #expect(behind.contains("Fatal error: Index out of range"))
    #expect(words.ranges(of: "Fatal error").count == 1)
  }

  @Test func standardErrorWaitsUntilTheScreenIsGone() throws {
    let session = try startProbe()
    try session.type("\u{13}x")
    try session.waitFor("x")
    try session.drain()
    #expect(!session.screen.contains("warning"))
    try session.type("\u{11}")
    _ = try session.waitForEnd()
    #expect(session.screen.contains("a warning from a library"))
  }

  @Test func anotherProgramGetsAnOrdinaryTerminalInBetween() throws {
    let session = try startProbe()
    let before = session.terminal.modes
    try session.type("\u{F}")
    try session.waitFor("an editor has the screen")
    #expect(session.terminal.modes.isCooked)
    #expect(!session.screen.isAlternateScreen)
    #expect(!session.screen.isMouseReported)
    try session.type("\n")
    try session.waitFor("ready")
    try session.drain()
    #expect(session.screen.isAlternateScreen)
    #expect(session.screen.isMouseReported)
    #expect(session.terminal.modes == before)
    try session.type("z")
    try session.waitFor("z")
  }

  @Test func theShellGetsTheTerminalOnControlZAndFgPaintsAgain() throws {
    let probe = try BuiltProgram.path("terminal-probe")
    let session = try TerminalSession(
      "/bin/sh", ["-c", "set -m; \(probe) ready; echo stopped with $?; read line; fg; echo $line"],
      environment: BuiltProgram.environment(home: "/"), size: Size(rows: 10, columns: 60))
    try session.waitFor("ready")
    try session.type("typed\u{1A}")
    try session.waitFor("stopped with 148")
    #expect(session.terminal.modes.isCooked)
    #expect(!session.screen.isAlternateScreen)
    session.resize(to: Size(rows: 12, columns: 50))
    try session.type("back again\n")
    try session.waitFor("ready")
    try session.waitFor("typed")
    #expect(session.screen.isAlternateScreen)
    try session.type("\u{11}")
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.screen.contains("back again"))
    try session.expectRestored()
  }

  @Test func modesAreOffBeforeTheScreenIsLeftAndTheMouseOnceMoreBehindIt() throws {
    let session = try startProbe()
    session.setMark()
    try session.type("\u{11}")
    _ = try session.waitForEnd()
    let farewell = String(decoding: session.bytesSinceMark, as: UTF8.self)
    let parts = farewell.split(separator: "\u{1B}[?1049l", maxSplits: 1)
    try #require(parts.count == 2)
    for mode in ["?1006l", "?1002l", "?1004l", "?2004l"] { #expect(parts[0].contains(mode)) }
    #expect(parts[1].contains("?1002l"))
  }
}
