import Gallery
import Jobs
import Posix
import Seedream
import Studio
import Synchronization
import TestSupport
import Testing

extension WholeProgramTests {
  /// Services of other versions of the program.
  @Suite struct HandoverTests {
    /// A service in this process that says it is of some version.
    private final class OtherService: Sendable {
      private let parts: Mutex<(studio: Studio, server: ControlServer)?>

      init(_ version: String, home: ProgramHome) async throws {
        let studio = try await Studio(
          gallery: home.gallery, program: "Darkroom \(version)",
          options: StudioOptions(parallelJobs: 1))
        let socket = home.directory.path("other.sock")
        let (stops, feed) = AsyncStream.makeStream(of: Void.self)
        let server = try ControlServer(
          studio: studio,
          greeting: ServiceGreeting(version: version, processID: 1, gallery: home.gallery),
          socket: socket, onStop: { feed.finish() })
        try DurableFile.write(
          Array(socket.utf8), to: GalleryLayout(root: home.gallery).socketNote, mode: 0o600,
          replacing: true)
        parts = Mutex((studio, server))
        Task.detached { [self] in
          for await _ in stops {}
          await studio.drain()
          end()
        }
      }

      var studio: Studio? { parts.withLock { $0?.studio } }
      var isOver: Bool { parts.withLock { $0 == nil } }

      func end() { parts.withLock { $0.take() }?.server.stop() }
    }

    private func submission(_ prompt: String, to provider: TestProvider) -> JobSubmission {
      JobSubmission(
        request: GenerationRequest(
          model: "seedream-4.0", prompt: prompt, size: .pixels(width: 960, height: 960)),
        provider: ProviderConnection(
          name: "held", dialect: "byteplus", baseURL: provider.baseURL),
        key: TestProvider.key)
    }

    @Test func anOlderServiceFinishesItsRunsAndHandsOver() async throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let old = try await OtherService("0.0.9", home: home)
      let running = try #require(try await old.studio?.submit(submission("a koi", to: provider)))
      let waiting = try #require(try await old.studio?.submit(submission("a cat", to: provider)))
      #expect(waiting.state.phase == .queued)

      let session = try home.open()
      try session.waitFor("The service of version 0.0.9 finishes a run")
      try session.waitFor("●")
      // Whoever only asks is answered by the old one.
      #expect(try home.run("jobs").output.contains(waiting.id))
      #expect(!old.isOver)
      provider.release()
      try session.waitFor("960x960 Seedream")
      // The old one's events end with it.
      try session.waitFor("the new service") { _ in old.isOver && home.services.count == 1 }
      try session.waitForService()
      #expect(home.services.count == 1)
      let journal = try JournalContents(GalleryLayout(root: home.gallery)).entries
      let left = journal.filter { $0.job.description == waiting.id }.map(\.event)
      guard case .intent = left.first else { throw TestFailure("\(left)") }
      #expect(!left.contains(.cancelled))
      #expect(try home.run("show", running.id + "-1").status == .exited(0))
      try session.quit()
    }

    @Test func aCommandSaysWhatItWaitsFor() async throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let old = try await OtherService("0.1.0-rc.1", home: home)
      _ = try await old.studio?.submit(submission("a koi", to: provider))
      let command = try TerminalSession(
        home.program, ["generate", "--provider", "sandbox", "a train"],
        environment: home.environment())
      try command.waitFor("The service of version 0.1.0-rc.1 finishes a run")
      provider.release()
      #expect(try command.waitForEnd() == .exited(0))
      #expect(old.isOver && home.services.count == 1)
    }

    @Test func aNewerServiceIsUsedAsItIs() async throws {
      let home = try ProgramHome()
      let new = try await OtherService("999.0.0", home: home)
      #expect(try home.run("generate", "a cat").status == .exited(0))
      #expect(!new.isOver && home.services.isEmpty)
      new.end()
    }
  }
}
