import FoundationEssentials
import Glibc
import Posix
import Screen
import TestSupport
import Testing

extension WholeProgramTests {
  /// The front end as a guest of the terminal.
  @Suite struct TerminalTests {
    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func aSignalEndsItInGoodOrder(_ signal: Int32) throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("kept all the same")
      try session.waitFor("kept all the same")
      session.send(signal: signal)
      #expect(try session.waitForEnd() == .signalled(signal))
      try session.expectRestored()
      let again = try home.open()
      try again.waitFor("kept all the same")
      try again.quit()
    }

    /// The draft of the last session is there before anything may take its place, however soon the next one ends.
    @Test(arguments: [SIGTERM, SIGHUP])
    func anEndRightBehindTheStartKeepsTheLastDraft(_ signal: Int32) throws {
      let home = try ProgramHome()
      let first = try home.open()
      try first.type("kept all the same")
      try first.waitFor("kept all the same")
      try first.quit()
      for _ in 0..<5 {
        let session = try home.open()
        session.send(signal: signal)
        _ = try session.waitForEnd()
      }
      let again = try home.open()
      try again.waitFor("kept all the same")
      try again.quit()
      // Nor does the end cut a write in two.
      for _ in 0..<5 {
        let session = try home.open()
        try session.type("x\u{11}")
        _ = try session.waitForEnd()
      }
      let left = try FileManager.default.contentsOfDirectory(
        atPath: home.directory.path(".local/state/darkroom"))
      #expect(left.filter { $0.hasPrefix(".pending") } == [])
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func changesToAJobThatWaitsOutliveASignal(_ signal: Int32) throws {
      let home = try ProgramHome()
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.waitForService()
      try session.type(Keys.history + "P")
      try session.waitFor("queue paused")
      try session.type("\u{1B}1three trains" + Keys.send)
      try session.waitFor("waiting #1 three trains")
      try session.type("\u{15}a draft of mine" + Keys.history + "\u{1B}[He")
      try session.waitFor("Editing ")
      try session.type(" in snow")
      try session.waitFor("three trains in snow")
      session.send(signal: signal)
      #expect(try session.waitForEnd() == .signalled(signal))

      let again = try home.open(size: Size(rows: 30, columns: 120))
      try again.waitFor("three trains in snow")
      try again.waitFor("Editing ")
      try again.type(Keys.send)
      try again.waitFor("was changed and waits for its turn")
      try again.waitFor("waiting #1 three trains in snow")
      try again.waitFor("a draft of mine")
      try again.quit()
    }

    @Test func controlZGivesTheShellItsTerminalAndFgComesBack() throws {
      let home = try ProgramHome()
      let session = try TerminalSession(
        "/bin/sh",
        ["-c", "set -m; \(home.program); echo stopped with $?; read line; fg; echo $line"],
        environment: home.environment(), size: Size(rows: 24, columns: 80))
      try session.waitFor("Prompt")
      try session.type("before the break")
      try session.waitFor("before the break")
      try session.type(Keys.suspend)
      try session.waitFor("stopped with 148")
      #expect(session.terminal.modes.isCooked)
      #expect(!session.screen.isAlternateScreen && !session.screen.isMouseReported)
      session.resize(to: Size(rows: 30, columns: 100))
      try session.type("back again\n")
      try session.waitFor("before the break")
      #expect(session.screen.isAlternateScreen && session.screen.isMouseReported)
      try session.waitFor("hints on the last row") { $0.text(ofRow: 29).contains("Ctrl-Q") }
      try session.type(Keys.quit)
      #expect(try session.waitForEnd() == .exited(0))
      #expect(session.screen.contains("back again"))
      try session.expectRestored()
    }

    @Test func everySizeIsTaken() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("as wide as can be")
      try session.waitFor("as wide as can be")
      for size in [
        Size(rows: 1, columns: 1), Size(rows: 2, columns: 200), Size(rows: 60, columns: 3),
        Size(rows: 15, columns: 60),
      ] {
        session.resize(to: size)
        try session.drain()
      }
      session.resize(to: Size(rows: 40, columns: 120))
      try session.waitFor("as wide as can be")
      try session.waitFor("hints on the last row") { $0.text(ofRow: 39).contains("Ctrl-Q") }
      try session.quit()
      try session.expectRestored()
    }

    /// Ctrl-L changes nothing that can be seen: what keys leave on the screen is what would be drawn from the beginning.
    @Test(
      arguments: [Size(rows: 14, columns: 50), Size(rows: 24, columns: 80)],
      [
        ["\u{1B}OS", "\u{1B}[D", "/", "a", "\u{1B}[Z", " "],
        [Keys.history, "/", "fox", "\u{1B}[Z", Keys.parameters, "\r", "\u{1B}[B", "\r"],
        ["a red lantern 红灯笼", Keys.history, "?", "\u{1B}[6~", "q", "\u{1B}1", "\u{15}"],
      ])
    func nothingStaleIsLeftOnTheScreen(size: Size, keys: [String]) throws {
      let home = try ProgramHome()
      let session = try home.open(size: size)
      try session.waitForService()
      var found = ""
      // What is said may go just then by itself; what is stale is so every time.
      for _ in 0..<5 {
        for key in keys {
          try session.type(key)
          try session.drain()
        }
        let (before, text) = (seen(on: session.screen), session.screen.text)
        try session.type("\u{C}")
        try session.drain()
        found = seen(on: session.screen) == before ? "" : "\(text)\n\(session.screen.text)"
        if found.isEmpty { break }
      }
      #expect(found == "")
      try session.quit()
    }

    /// The cells, without what cannot be told of a blank.
    private func seen(on screen: TerminalEmulator) -> [[TerminalEmulator.Cell]] {
      (0..<screen.size.rows).map { row in
        (0..<screen.size.columns).map { column in
          var cell = screen[row, column]
          guard ["", " ", "\u{A0}"].contains(cell.text) else { return cell }
          (cell.text, cell.isBold) = (" ", false)
          if !cell.isReversed { cell.foreground = .standard }
          return cell
        }
      }
    }

    @Test func anUnknownTerminalTypeGetsANote() throws {
      let home = try ProgramHome()
      let session = try home.open(term: "starship-9")
      try session.waitFor("“starship-9” is not known here")
      try session.type("works")
      try session.waitFor("works")
      try session.quit()
      try session.expectRestored()
    }

    @Test func aTerminalThatCannotPlaceItsCursorIsSentToGenerate() throws {
      let home = try ProgramHome()
      let session = try TerminalSession(
        home.program, [], environment: home.environment(term: "dumb"))
      #expect(try session.waitForEnd() == .exited(1))
      let said = String(decoding: session.log, as: UTF8.self)
      #expect(said.contains("TERM=dumb") && said.contains("`darkroom generate`"))
      #expect(said.split(separator: "\r\n").count == 1)
      #expect(!session.log.contains(0x1B))
    }

    @Test func withoutATerminalItSaysWhatWorksInstead() throws {
      let home = try ProgramHome()
      let outcome = try home.run()
      #expect(outcome.status == .exited(1))
      #expect(outcome.output.isEmpty)
      #expect(outcome.narration.contains("not a terminal"))
      #expect(outcome.narration.contains("`darkroom generate`"))
      #expect(outcome.narration.split(separator: "\n").count == 1)
    }

    @Test(arguments: ["b", "笼"])
    func aTypedLetterCostsFewBytes(_ letter: String) throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.waitForService()
      try session.type("a")
      try session.waitFor("a text") { $0[2, 1].text == "a" }
      try session.drain()
      session.setMark()
      try session.type(letter)
      try session.waitFor("a longer text") { $0[2, 2].text == letter }
      try session.drain()
      #expect(session.bytesSinceMark.count <= 24)
      try session.quit()
    }

    @Test func nothingHappensWhileNothingHappens() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("a thought")
      try session.waitForService()
      let deadline = ContinuousClock.now + TerminalSession.patience
      var before = try wakeUps(of: session.processIdentifier)
      // Quiet is a while without a byte or a wake-up: services start, drafts are saved.
      while try session.pump(timeout: .milliseconds(1200))
        || wakeUps(of: session.processIdentifier) != before
      {
        try #require(ContinuousClock.now < deadline, "never quiet")
        before = try wakeUps(of: session.processIdentifier)
      }
      session.setMark()
      session.pump(timeout: .milliseconds(2500))
      #expect(session.bytesSinceMark.isEmpty)
      #expect(try wakeUps(of: session.processIdentifier) == before)
      try session.quit()
    }

    /// How often each thread went to sleep, proc_pid_status(5).
    private func wakeUps(of process: Int32) throws -> [String: String] {
      let tasks = "/proc/\(process)/task"
      var counts: [String: String] = [:]
      for thread in try FileManager.default.contentsOfDirectory(atPath: tasks) {
        let status = FileManager.default.contents(atPath: "\(tasks)/\(thread)/status") ?? Data()
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
          .first { $0.hasPrefix("voluntary_ctxt_switches") }
        // None for a thread that has ended since it was listed.
        counts[thread] = line.map(String.init)
      }
      return counts
    }
  }
}
