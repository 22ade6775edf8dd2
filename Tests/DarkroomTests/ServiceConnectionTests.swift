import Glibc
import Jobs
import Posix
import Seedream
import Settings
import Studio
import Synchronization
import TestSupport
import Testing

@testable import App

extension WholeProgramTests {
  /// One connection over services that are killed.
  @Suite struct ServiceConnectionTests {
    private let provider: TestProvider
    private let home: ProgramHome
    private let connection: ServiceConnection
    private let heard = Heard()
    private let services = Services()

    init() throws {
      provider = try TestProvider()
      home = try ProgramHome(configuration: provider.configuration)
      let file = home.directory.path(".config/darkroom/config.yaml")
      let settings = try Settings.load(path: file, mustExist: true)
      let environment = home.environment()
      let paths = Paths(
        settings: settings, environment: environment, home: home.directory.path,
        workingDirectory: home.directory.path)
      var workspace = Workspace(
        settings: settings, paths: paths, choice: try settings.chooseProvider(), baseURL: nil,
        configurationFile: file, tell: { _ in })
      workspace.serviceProgram = { [program = home.program, services] words in
        services.canStart
          ? ProcessSpec(program, words, environment: environment)
          : ProcessSpec("/bin/false", [])
      }
      connection = ServiceConnection(workspace: workspace)
    }

    /// Whether they can be started.
    private final class Services: Sendable {
      private let state = Mutex(true)

      var canStart: Bool {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
      }
    }

    /// What a listener and a follower were told so far.
    private final class Heard: Sendable {
      private let told = Mutex<[ServiceConnection.Event]>([])
      private let phases = Mutex<[JobPhase]>([])

      func add(_ event: ServiceConnection.Event) { told.withLock { $0.append(event) } }
      func add(_ jobs: [JobStatus]) { phases.withLock { $0 += jobs.map(\.state.phase) } }

      var events: [ServiceConnection.Event] { told.withLock(\.self) }
      var followed: [JobPhase] { phases.withLock(\.self) }

      /// How often a service that takes jobs was there.
      var connections: Int {
        events.count { if case .connected = $0 { true } else { false } }
      }

      /// What the events last said of a job.
      func phase(of id: String) -> JobPhase? {
        var phase: JobPhase?
        for event in events {
          switch event {
          case .job(let job) where job.id == id: phase = job.state.phase
          case .jobs(let jobs): phase = jobs.first { $0.id == id }?.state.phase ?? phase
          default: break
          }
        }
        return phase
      }
    }

    private func send() async throws -> JobStatus { try await connection.submit(order)[0] }

    /// A new one each time, of the same request.
    private var order: JobSubmission {
      JobSubmission(
        request: GenerationRequest(
          model: "seedream-4.0", prompt: "a koi", size: .pixels(width: 960, height: 960)),
        provider: ProviderConnection(
          name: "held", dialect: "byteplus", baseURL: provider.baseURL),
        key: TestProvider.key, fingerprint: .ofOneSend())
    }

    private func wait(for what: String, _ condition: () throws -> Bool) async throws {
      let deadline = ContinuousClock.now + TerminalSession.patience
      while try !condition() {
        guard ContinuousClock.now < deadline else { throw TestFailure("no \(what)") }
        await Task.yield()
      }
    }

    private func killService() throws { kill(try #require(home.services.last), SIGKILL) }

    /// What became of an order stays open until a service tells: a try that reached none in between changes nothing.
    @Test func anOrderWhoseAnswerWasLostStaysTheSameOrder() async throws {
      let order = order
      let first = try await connection.submit(order)[0]
      await connection.loseAnswer(to: order)
      try killService()
      services.canStart = false
      for _ in 0..<2 {
        await #expect(throws: StudioError.self) { _ = try await send() }
      }
      services.canStart = true
      #expect(try await send().id == first.id)
      // That was told: the next is another.
      #expect(try await send().id != first.id)
      #expect(provider.orders <= 2)
      provider.release()
    }

    @Test func followerAndListenerGoOnWithTheNextService() async throws {
      await connection.listen { [heard] in heard.add($0) }
      try await connection.connect()
      let job = try await send()
      let follower = Task { [connection, heard] in
        for await jobs in await connection.follow([job.id]) {
          heard.add(jobs)
          if jobs.allSatisfy(\.state.isFinal) { return true }
        }
        return false
      }
      try await wait(for: "request") {
        heard.followed.last == .running && heard.phase(of: job.id) == .running
      }
      #expect(heard.connections == 1)
      try killService()
      // It left and was not answered.
      #expect(await follower.value)
      #expect(heard.followed.last == .unknown)
      try await wait(for: "second service") {
        heard.connections == 2 && heard.phase(of: job.id) == .unknown
      }
      #expect(home.services.count == 2)
      // A listener alone has one that broke down followed by the next.
      try killService()
      try await wait(for: "third service") { heard.connections == 3 }
      #expect(home.services.count == 3)
      provider.release()
      let next = try await send()
      try await wait(for: "picture") { heard.phase(of: next.id) == .done }
      #expect(provider.orders == 2)
      await connection.listen(nil)
      #expect(await connection.heard == nil)
    }

    /// What an answer says of a job is told before whoever asked goes on: events may be late.
    @Test func aListenerIsToldBeforeWhoeverAskedGoesOn() async throws {
      await connection.listen { [heard] in heard.add($0) }
      try await connection.connect()
      for _ in 0..<12 {
        let id = try await send().id
        let status = try await connection.ask { client throws(StudioError) in
          try await client.cancel(id)
        }
        #expect(status.state.isFinal)
        #expect(heard.phase(of: id) == status.state.phase)
      }
      provider.release()
    }

    @Test func whoFollowsIsLeftWhenServicesKeepEnding() async throws {
      let job = try await send()
      let (steps, step) = AsyncStream.makeStream(of: JobPhase.self)
      let follower = Task { [connection] in
        for await jobs in await connection.follow([job.id], restarts: 0) {
          step.yield(jobs[0].state.phase)
        }
        step.finish()
      }
      for await phase in steps where phase == .running { try killService() }
      await follower.value
      // Nobody follows any more: nobody is heard, and nothing was started for that.
      #expect(await connection.heard == nil)
      #expect(home.services.count == 1)
      // The job is in the journal all the same.
      #expect(try home.run("jobs").output.contains("unknown"))
    }

    @Test func nobodyIsHeardWhereNobodyFollows() async throws {
      let job = try await send()
      let (steps, step) = AsyncStream.makeStream(of: JobPhase.self)
      let follower = Task { [connection] in
        for await jobs in await connection.follow([job.id]) { step.yield(jobs[0].state.phase) }
      }
      for await phase in steps where phase == .running { break }
      #expect(await connection.heard != nil)
      follower.cancel()
      await follower.value
      let deadline = ContinuousClock.now + TerminalSession.patience
      while await connection.heard != nil, ContinuousClock.now < deadline { await Task.yield() }
      #expect(await connection.heard == nil)
      provider.release()
      _ = try home.wait(for: "jobs") { $0.output.contains("done") }
      #expect(home.services.count == 1)
    }
  }
}

extension ServiceConnection {
  /// As if the service had ended before it answered.
  fileprivate func loseAnswer(to order: JobSubmission) { unclear.append(order) }
}
