import FoundationEssentials
import Gallery
import Glibc
import HTTP
import Posix
import Synchronization
import TestSupport
import Testing

extension WholeProgramTests {
  /// A service that takes an order and is killed before its answer has come: nothing is bought twice for that.
  @Suite struct LostAnswerTests {
    /// Stands between a home's service and whoever asks it, and kills it when it has taken an order.
    private final class Assassin: Sendable {
      private let server = Mutex<HTTPServer?>(nil)
      private let done = Mutex(false)

      var isDone: Bool { done.withLock { $0 } }

      init(_ home: ProgramHome) throws {
        let note = GalleryLayout(root: home.gallery).socketNote
        let real = String(decoding: try FileSystem.read(note, limit: 4096), as: UTF8.self)
        let service = try #require(home.services.last)
        // Whoever asks from now on finds the service by its note only.
        let socket = home.directory.path("other.sock")
        home.variables["XDG_RUNTIME_DIR"] = home.directory.path("run2")
        let client = try HTTPClient(userAgent: "test")
        let own = try HTTPServer(on: .unixSocket(path: socket)) { [weak self] request in
          // Its stream would be held up here.
          if request.path == "/v1/events" {
            return HTTPReply(
              headers: [HTTPHeader("Content-Type", "text/event-stream")], body: .bytes([]))
          }
          let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
          let forwarded = HTTPRequest(
            method: request.method, url: "http://localhost\(request.path)?\(query)",
            headers: request.headers.filter { $0.name.lowercased() == "content-type" },
            body: request.body.isEmpty ? .none : .bytes(request.body), unixSocket: real)
          guard let answer = try? await client.fetch(forwarded) else {
            return .text(502, "gone")
          }
          if request.method == "POST", answer.status == 201 {
            kill(service, SIGKILL)
            self?.done.withLock { $0 = true }
            self?.stop()
          }
          return HTTPReply(
            status: answer.status, headers: [HTTPHeader("Content-Type", "application/json")],
            body: .bytes(answer.body))
        }
        server.withLock { $0 = own }
        try DurableFile.write(Array(socket.utf8), to: note, mode: 0o600, replacing: true)
      }

      func stop() { server.withLock { $0.take() }?.stop() }
    }

    /// A home with a running service and a provider that holds its answers.
    private func home(_ provider: TestProvider) throws -> ProgramHome {
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      #expect(try home.run("generate", "--provider", "sandbox", "a train").status == .exited(0))
      return home
    }

    /// What the journal has of orders that go to the provider.
    private func orders(of home: ProgramHome) throws -> [JobID] {
      try JournalContents(GalleryLayout(root: home.gallery)).entries.compactMap { entry in
        guard case .intent(let intent) = entry.event, intent.provider == "held" else { return nil }
        return entry.job
      }
    }

    @Test func generateHandsOverTheSameOrder() throws {
      let provider = try TestProvider()
      let home = try home(provider)
      let assassin = try Assassin(home)
      provider.release()
      let outcome = try home.run("generate", "a koi")
      #expect(assassin.isDone)
      // Drawn by the next service, or not known whether by the first.
      #expect([.exited(0), .exited(4)].contains(outcome.status), "\(outcome.narration)")
      #expect(try orders(of: home).count == 1)
      #expect(provider.orders <= 1)
      #expect(home.services.count == 2)
    }

    @Test func theKeyThatSendsHandsOverTheSameOrder() throws {
      let provider = try TestProvider()
      let home = try home(provider)
      let session = try home.open()
      try session.waitFor("960x960 Seedream")
      try session.quit()
      let assassin = try Assassin(home)
      let next = try home.open()
      try next.type("a koi" + Keys.send)
      try next.waitFor("the order is with a service") { _ in
        assassin.isDone && home.services.count == 2
      }
      provider.release()
      // Whatever became of it: the same request once more is the same order.
      let deadline = ContinuousClock.now + TerminalSession.patience
      while ContinuousClock.now < deadline {
        let jobs = try home.run("jobs", "--json")
        if jobs.output.contains("\"a koi\""), !jobs.output.contains("\"running\""),
          !jobs.output.contains("\"sending\""), !jobs.output.contains("\"queued\"")
        {
          break
        }
      }
      #expect(try orders(of: home).count == 1)
      #expect(provider.orders <= 1)
      try next.quit()
    }
  }
}
