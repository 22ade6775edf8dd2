import FoundationEssentials
import Glibc
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// The queue and unknown outcomes through the real program, across services that are killed.
  @Suite struct QueueTests {
    /// Kills the service of a home without a warning and waits until it is gone.
    private func killService(of home: ProgramHome) throws {
      for process in home.services {
        guard let watch = try? ProcessWatch(process) else { continue }
        kill(process, SIGKILL)
        _ = try Poll.wait(for: [watch.descriptor], timeout: .seconds(10))
      }
    }

    /// Sends jobs that nobody waits for; their ids.
    private func send(_ prompts: [String], from home: ProgramHome) throws -> [String] {
      try prompts.map { prompt in
        let session = try TerminalSession(
          home.program, ["generate", prompt], environment: home.environment())
        try session.waitFor("job ")
        session.send(signal: SIGINT)
        _ = try session.waitForEnd()
        let rows = try home.run("jobs", "--json").lines
        let row = try #require(rows.first { $0.contains(#""prompt":"\#(prompt)""#) })
        return try #require(row.firstMatch(of: #/"id":"([a-z0-9]{4,16})"/#).map { String($0.1) })
      }
    }

    @Test func aQueueOutlivesItsService() throws {
      let provider = try TestProvider()
      provider.release()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      #expect(try home.run("queue", "pause").narration.contains("paused"))
      let ids = try send(["one", "two", "three"], from: home)
      #expect(try home.run("move", ids[2], "--first").status == .exited(0))
      #expect(
        try home.run("edit", ids[0], "--size", "1024x1024", "one", "anew").status == .exited(0))
      try killService(of: home)

      home.variables["HELD_KEY"] = nil
      let rows = try home.run("queue").lines
      #expect(
        rows.dropFirst().map { $0.split(separator: " ")[1] }
          == [ids[2], ids[0], ids[1]].map { $0[...] })
      #expect(try home.run("queue", "resume").status == .exited(0))
      let waiting = try home.wait(for: "queue") { $0.narration.contains("HELD_KEY") }
      #expect(
        waiting.lines.count == 4
          && waiting.lines.dropFirst().allSatisfy { $0.contains("needs key") })
      #expect(try home.pictures.isEmpty)

      // Whoever has the key hands it over by asking.
      home.variables["HELD_KEY"] = TestProvider.key
      _ = try home.run("queue")
      let done = try home.wait(for: "jobs") { outcome in
        outcome.lines.count { $0.contains(" done ") } == 3
      }
      #expect(done.output.contains("one anew"))
      #expect(try home.pictures.count == 3)
      #expect(try home.run("move", ids[0], "--last").narration.contains("does not wait"))
    }

    @Test func anUnknownOutcomeIsShownFirstAndDecided() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      var ids: [String] = []
      for prompt in ["one", "two", "three"] {
        let session = try TerminalSession(
          home.program, ["generate", prompt], environment: home.environment())
        try session.waitFor("running")
        session.send(signal: SIGINT)
        _ = try session.waitForEnd()
      }
      try killService(of: home)
      provider.release()
      let listed = try home.run("jobs")
      #expect(listed.lines.first?.contains("AT RISK") == true)
      #expect(listed.lines.count == 4)
      ids = listed.lines.dropFirst().map { String($0.prefix { $0 != " " }) }
      #expect(listed.output.contains("¥0.20"), "\(listed.output)")
      #expect(listed.output.contains("three"))
      #expect(listed.narration.contains("darkroom attach"))

      #expect(try home.run("forget", ids[0]).status == .exited(0))
      let again = try #require(try home.run("retry", ids[1]).lines.first)
      _ = try home.wait(for: "jobs") { outcome in
        outcome.lines.contains { $0.hasPrefix("\(again) ") && $0.contains("done") }
      }
      let picture = try #require(try home.pictures.first)
      let copy = try home.write(
        try #require(FileManager.default.contents(atPath: picture)).map(\.self), to: "mine.jpg")
      let attached = try home.run("attach", ids[2], copy)
      #expect(attached.status == .exited(0), "\(attached.narration)")
      let path = try #require(attached.lines.first)
      #expect(
        path.hasPrefix(home.gallery) && FileManager.default.fileExists(atPath: path + ".json"))
      #expect(try home.run("search", "three").lines.count == 1)
      let rest = try home.run("jobs")
      #expect(rest.lines.first?.contains("AT RISK") == false)
      #expect(try home.run("forget", ids[2]).status == .exited(1))
    }

    /// Nobody is paid for what the sandbox draws, whatever became of it.
    @Test func whatIsDrawnHereIsNotAtRisk() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "--provider", "sandbox", "x fault:cut=1")
      let listed = try home.run("jobs")
      #expect(!listed.narration.contains("billed") && !listed.narration.contains("anew"))
      #expect(!listed.output.contains("not known"), "\(listed.output)")
    }

    @Test func wrongUsesSaySo() throws {
      let home = try ProgramHome()
      #expect(try home.run("queue", "stop").status == .exited(2))
      #expect(try home.run("move", "aaaa").narration.contains("--first"))
      #expect(try home.run("attach").status == .exited(2))
      #expect(try home.run("edit").status == .exited(2))
      #expect(try home.run("queue", "cancel").narration.contains("nothing is queued"))
    }
  }
}
