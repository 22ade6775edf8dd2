import Glibc
import Posix
import Screen
import TestSupport
import Testing

extension WholeProgramTests {
  /// Front ends that vanish, and several at once.
  @Suite struct LostTerminalTests {
    /// How a front end can be lost.
    enum Loss: CaseIterable {
      /// The window is closed, or the SSH line drops.
      case hangup
      case killed
    }

    @Test(arguments: Loss.allCases)
    func aJobOutlivesTheTerminalItWasSentFrom(_ loss: Loss) throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open()
      try session.type("fog over the harbour" + Keys.send)
      try session.waitFor("●")
      switch loss {
      case .hangup: session.terminal.hangUp()
      case .killed: session.send(signal: SIGKILL)
      }
      _ = try session.waitForEndUnread()

      let next = try home.open()
      try next.waitFor("a running job") { $0.contains("fog over the harbour") && $0.contains("●") }
      provider.release()
      try next.waitFor("is done.")
      #expect(try home.pictures.count == 1)
      try next.quit()
      let afterwards = try home.open()
      try afterwards.waitFor("960x960 Seedream")
      try afterwards.quit()
      #expect(Set(home.services).count == 1)
    }

    @Test func twoFrontEndsSeeOneQueue() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let one = try home.open()
      let other = try home.open()
      for session in [one, other] {
        try session.waitForService()
      }
      try one.type("a koi in the rain" + Keys.send)
      try one.waitFor(title: "Darkroom: 1 job")
      try other.waitFor("a running job") { $0.contains("a koi in the rain") && $0.contains("●") }
      try other.type(Keys.history + "g" + "c")
      try other.waitFor("c again throws its pictures away")
      other.readOn()
      try other.type("c")
      try one.waitFor("was cancelled")
      try one.waitFor(title: "Darkroom")
      try other.waitFor("was cancelled")
      for session in [one, other] { try session.quit() }
    }

    @Test func aFrontEndThatIsStoppedHoldsNobodyUp() throws {
      let home = try ProgramHome()
      let asleep = try home.open()
      try asleep.waitForService()
      asleep.send(signal: SIGSTOP)
      for prompt in ["a cat", "a train"] {
        #expect(try home.run("generate", prompt).status == .exited(0))
      }
      asleep.send(signal: SIGCONT)
      try asleep.waitFor("both pictures") { $0.contains("a cat") && $0.contains("a train") }
      try asleep.quit()
    }

    @Test func aServiceThatDiesIsFollowedByAnotherByItself() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.waitForService()
      let first = try #require(home.services.last)
      kill(first, SIGKILL)
      try session.waitFor("another service") { _ in (home.services.last ?? first) != first }
      try session.waitForService()
      try session.type("a cat" + Keys.send)
      try session.waitFor("is done.")
      try session.quit()
    }

    @Test func aServiceThatIsStoppedOnPurposeIsFollowedWhenItIsNeeded() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.waitForService()
      #expect(try home.run("service", "--stop").status == .exited(0))
      try session.waitFor("The service has ended")
      #expect(home.services.count == 1)
      // Somebody else's need brings one, and this front end hears of it.
      _ = try home.run("generate", "a mountain")
      try session.waitFor("a mountain")
      #expect(home.services.count == 2)
      try session.quit()
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func aSignalEndsItThoughTheLineTakesNothing(_ signal: Int32) throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.waitForService()
      try session.type("frozen ")
      try session.waitFor("frozen")
      // Nobody reads from now on, and the line is full.
      try session.terminal.fill()
      session.send(signal: SIGWINCH)
      try session.type("\u{C}and typed on ")
      session.send(signal: signal)
      #expect(try session.waitForEndUnread() == .signalled(signal))
      #expect(session.terminal.modes.isCooked)
      let again = try home.open()
      try again.waitFor("frozen")
      try again.quit()
    }
  }
}
