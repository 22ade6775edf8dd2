import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// How signals end the program, and what whoever started it learns of that.
  @Suite struct SignalTests {
    @Test func controlCEndsTheLoopOfAShellToo() throws {
      let provider = try TestProvider()
      let home = try ProgramHome.held(by: provider)
      let session = try TerminalSession(
        "/bin/bash",
        ["-c", "while :; do \(home.program) generate 'a harbour'; echo once more; done"],
        environment: home.environment())
      try session.waitFor("running 0:0")
      try session.type(Keys.interrupt)
      #expect(try session.waitForEnd() == .signalled(SIGINT))
      #expect(session.screen.contains("goes on in the service"))
      #expect(!session.screen.contains("once more"))
      #expect(try home.run("jobs").output.ranges(of: "a harbour").count == 1)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    func generateEndsByTheSignalAfterItsSentence(_ signal: Int32) throws {
      let provider = try TestProvider()
      let home = try ProgramHome.held(by: provider)
      let session = try TerminalSession(
        home.program, ["generate", "a harbour"], environment: home.environment())
      try session.waitFor("running 0:0")
      session.send(signal: signal)
      #expect(try session.waitForEnd() == .signalled(signal))
      #expect(session.screen.contains("goes on in the service"))
      #expect(session.terminal.modes.isCooked)
    }

    @Test func underNohupAHangUpIsNothing() throws {
      let provider = try TestProvider()
      let home = try ProgramHome.held(by: provider)
      let session = try TerminalSession(
        "/bin/bash", ["-c", "trap '' HUP; exec \(home.program) generate 'a harbour'"],
        environment: home.environment())
      try session.waitFor("running 0:0")
      session.send(signal: SIGHUP)
      try session.waitFor("running 0:02")
      provider.release()
      #expect(try session.waitForEnd() == .exited(0))
      #expect(session.screen.contains("a-harbour"))
    }

    @Test func whatTheParentBlockedOrIgnoredEndsItAllTheSame() throws {
      let provider = try TestProvider()
      let home = try ProgramHome.held(by: provider)
      for option in ["--block-signal=INT", "--ignore-signal=INT"] {
        let session = try TerminalSession(
          "/usr/bin/env", [option, home.program, "generate", "a harbour"],
          environment: home.environment())
        try session.waitFor("running 0:0")
        session.send(signal: SIGINT)
        #expect(try session.waitForEnd() == .signalled(SIGINT))
      }
    }

    @Test func aKeyCommandRunsThoughTheParentIgnoresItsChildren() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(
        configuration: provider.configuration.replacing(
          "key_env: HELD_KEY", with: "key_command: echo \(TestProvider.key)"))
      let outcome = try home.bash("exec env --ignore-signal=CHLD \"$D\" generate fog")
      #expect(outcome.status == .exited(0), "\(outcome.narration)")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    func aGatewayEndsInOrderAndByControlCForTheLoopAroundIt(_ signal: Int32) throws {
      let home = try ProgramHome()
      let session = try TerminalSession(
        home.program, ["serve", "--provider", "sandbox", "--listen", "127.0.0.1:0"],
        environment: home.environment())
      try session.waitFor("listens on")
      session.send(signal: signal)
      #expect(try session.waitForEnd() == (signal == SIGTERM ? .exited(0) : .signalled(signal)))
      #expect(session.screen.contains("ends when what is under way"))
    }
  }
}
