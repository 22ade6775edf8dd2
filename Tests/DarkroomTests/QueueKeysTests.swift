import FoundationEssentials
import Glibc
import Posix
import Screen
import TestSupport
import Testing

extension WholeProgramTests {
  /// The queue and unknown outcomes as a user at the screen meets them.
  @Suite struct QueueKeysTests {
    private func killService(of home: ProgramHome) throws {
      for process in home.services {
        guard let watch = try? ProcessWatch(process) else { continue }
        kill(process, SIGKILL)
        _ = try Poll.wait(for: [watch.descriptor], timeout: .seconds(10))
      }
    }

    @Test func unknownOutcomesAreDecidedAtTheScreen() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      for prompt in ["a koi", "a heron"] {
        let command = try TerminalSession(
          home.program, ["generate", prompt], environment: home.environment())
        try command.waitFor("running")
        command.send(signal: SIGINT)
        _ = try command.waitForEnd()
      }
      try killService(of: home)
      let drawn = try #require(
        try home.run("generate", "--provider", "sandbox", "a heron").lines.first)
      let copy = try home.write(
        try #require(FileManager.default.contents(atPath: drawn)).map(\.self), to: "my heron.jpg")

      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.waitFor("2 requests sent and never answered")
      try session.waitFor("At risk ¥0.20")
      try session.type(Keys.history + "\u{1B}[H\r")
      try session.waitFor("It did arrive")
      try session.waitFor("held, Seedream 4.0, 1 picture, 960x960")
      #expect(session.screen.contains("a heron"))
      try session.type("a'\(copy)'\r")
      try session.waitFor("is done.")
      try session.waitFor("the question closed") { !$0.contains("It did arrive") }
      try session.type("\u{1B}[H\r")
      try session.waitFor("It did arrive")
      try session.type("f")
      try session.waitFor("put aside")
      try session.waitFor("no row for it") { !$0.contains("outcome unknown") }
      try session.quit()
      #expect(try home.pictures.count == 2)
      #expect(try home.run("search", "heron").lines.count == 2)
      #expect(try home.run("jobs").output.contains("AT RISK") == false)
    }

    /// The front end saw it run; what the next service says of it is what counts.
    @Test func aRunIsUnknownOnceItsServiceIsKilled() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.type("a koi" + Keys.send)
      try session.waitFor("Is being drawn")
      try killService(of: home)
      try session.waitFor("1 request sent and never answered")
      try session.waitFor("outcome unknown")
      try session.type(Keys.history + "\u{1B}[H\r")
      try session.waitFor("It did arrive")
      try session.type("l")
      try session.waitFor("the question closed") { !$0.contains("It did arrive") }
      try session.quit()
    }

    /// Every time, and also where no other may take its place at once.
    @Test func aServiceThatIsKilledIsSpokenOf() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.waitForService()
      try session.type(Keys.history + "P")
      try session.waitFor("queue paused")
      try session.type("\u{1B}1a koi" + Keys.send)
      try session.waitFor("waiting #1 a koi")
      try killService(of: home)
      try session.waitFor("The service broke down and was started again: 1 job goes on.")
      try killService(of: home)
      try session.waitFor("The service broke down again")
      try session.quit()
    }

    /// While the front end does not look, one that is lost and the next that is found are told both.
    @Test func aServiceThatIsKilledBehindAnEditorIsSpokenOf() throws {
      let home = try ProgramHome()
      let (here, gone) = (home.directory.path("here"), home.directory.path("gone"))
      let script = try home.write(
        Array("#!/bin/sh\n: > '\(here)'\nuntil [ -e '\(gone)' ]; do sleep 0.05; done\n".utf8),
        to: "editor")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
      home.variables["VISUAL"] = script
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.waitForService()
      try session.type("a koi" + Keys.editor)
      try wait(for: "editor") { FileSystem.exists(here) }
      try killService(of: home)
      try wait(for: "second service") { home.services.count == 2 }
      // It answers, and has told who listens.
      _ = try home.run("queue")
      _ = try home.write([], to: "gone")
      try session.waitFor("The service broke down and was started again; no job was under way.")
      try session.quit()
    }

    private func wait(for what: String, _ condition: () -> Bool) throws {
      let deadline = ContinuousClock.now + TerminalSession.patience
      while !condition() {
        guard ContinuousClock.now < deadline else { throw TestFailure("no \(what)") }
        sched_yield()
      }
    }

    @Test func theQueueIsPausedMovedEditedAndGoesOn() throws {
      let home = try ProgramHome()
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.waitForService()
      try session.type(Keys.history + "P")
      try session.waitFor("queue paused")
      try session.type("\u{1B}1")
      for (number, prompt) in ["one koi", "two cats", "three trains"].enumerated() {
        try session.type("\u{15}\(prompt)\(Keys.send)")
        try session.waitFor("waiting #\(number + 1) \(prompt)")
      }
      #expect(try home.run("queue").narration.contains("paused"))
      try session.type(Keys.history + "\u{1B}[Hjj")
      try session.waitFor("The queue is paused: P lets it go on.")
      try session.type("K")
      try session.waitFor("waiting #2 three trains")
      try session.type("K")
      try session.waitFor("waiting #1 three trains")
      try session.type("e")
      try session.waitFor("Editing ")
      try session.type(" in snow" + Keys.send)
      try session.waitFor("was changed and waits for its turn")
      try session.waitFor("waiting #1 three trains in snow")
      #expect(try home.run("queue").lines.count == 4)
      #expect(try home.pictures.isEmpty)
      try session.type(Keys.history + "P")
      try session.waitFor("no job") { !$0.contains("waiting #") }
      try session.waitFor("3 pictures") { $0.contains(" 3 ━┓") }
      #expect(try home.run("search", "snow").lines.count == 1)
      try session.quit()
      try session.expectRestored()
    }
  }
}
