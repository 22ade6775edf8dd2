import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// The service and its client over a real Unix socket.
@Suite(.timeLimit(.minutes(5))) struct ControlTests {
  /// A bench with a control socket.
  private struct Service {
    let bench: Bench
    let server: ControlServer
    let client: StudioClient
    let socket: String
    let stops = Collected<Bool>()

    init(options: StudioOptions = StudioOptions(retries: Bench.quick)) async throws {
      bench = try await Bench(options: options)
      socket = bench.directory.path("control")
      let stops = stops
      server = try ControlServer(
        studio: bench.studio,
        greeting: ServiceGreeting(version: "0.1.0", processID: 7, gallery: "/g"),
        socket: socket, onStop: { stops.append(true) })
      client = StudioClient(socket: socket)
    }

    /// What a foreign client is answered.
    func raw(_ method: String, _ path: String, _ body: String = "") async throws -> HTTPResponse {
      let http = try HTTPClient(userAgent: "test")
      return try await http.fetch(
        HTTPRequest(
          method: method, url: "http://localhost\(path)",
          body: method == "GET" ? .none : .text(body), unixSocket: socket))
    }
  }

  @Test func theLedgerIsTold() async throws {
    let service = try await Service(
      options: StudioOptions(
        retries: Bench.quick,
        budget: { () async throws(StudioError) in Budget([.init(.day, 60, Balances.pictures)]) }))
    let provider = try ScriptedProvider { _, _ in .refusal(400, "InvalidParameter") }
    _ = try await service.bench.run(small(), on: provider.connection)
    let line = try #require(try await service.client.ledger().lines.first)
    #expect(line.period == .day && line.left == 60 && line.spent == 0)
  }

  @Test func aJobFromEndToEnd() async throws {
    let service = try await Service()
    let greeting = try await service.client.greeting()
    var expected = ServiceGreeting(version: "0.1.0", processID: 7, gallery: "/g")
    (expected.isEnding, expected.runs) = (false, 0)
    #expect(greeting == expected)
    let ends = AsyncStream.makeStream(of: JobStatus.self)
    let opened = Gate()
    let listening = Task {
      try await service.client.events(
        onOpen: { opened.open() },
        onEvent: { event in
          if case .job(let status) = event, status.state.isFinal { ends.continuation.yield(status) }
        })
    }
    await opened.wait()
    let job = try await service.client.submit(
      JobSubmission(request: small("über Nacht 红"), provider: .sandbox, key: nil))
    #expect(job.request.prompt == "über Nacht 红")
    var end = ends.stream.makeAsyncIterator()
    let done = try #require(await end.next())
    #expect(done.id == job.id)
    #expect(done.state == .done)
    #expect(try await service.client.job(job.id) == done)
    #expect(try await service.client.jobs() == [done])
    let again = try await service.client.retry(job.id, key: nil)
    #expect(again.id != job.id)
    #expect(await end.next()?.id == again.id)
    listening.cancel()
    _ = await listening.result
    try await service.client.stop()
    #expect(service.stops.all == [true])
  }

  @Test func whatAPictureComesFromCrossesTheSocket() async throws {
    let service = try await Service()
    let provenance = Provenance(
      template: "{what} über Nacht", choices: [.init(name: "what", words: "红")],
      experiment: ExperimentID("x9"), cell: CellPlace(["what": 0]),
      parents: [ParentEdge(try #require(PictureID("c3d4-1")), .cell)])
    let job = try await service.client.submit(
      JobSubmission(
        request: small("红 über Nacht"), provider: .sandbox, key: nil, provenance: provenance))
    await service.bench.studio.untilIdle()
    let picture = try #require(try await service.client.job(job.id).pictures.first)
    let origin = try service.bench.record(of: picture).origin
    #expect(origin.parentEdges == provenance.parents)
    #expect(origin.provenance.choices == provenance.choices)
    #expect(origin.provenance.cell == provenance.cell)
  }

  @Test func refusalsKeepTheirProblems() async throws {
    let service = try await Service()
    let error = await studioError {
      _ = try await service.client.submit(
        JobSubmission(request: small(""), provider: .sandbox, key: nil))
    }
    #expect(error?.code == .refused)
    #expect(error?.problems.map(\.field) == [.prompt])
  }

  @Test func jobsThatAreNotThere() async throws {
    let service = try await Service()
    for id in ["zzzz", "../service", "a b", "", "a\u{1b}"] {
      let error = await studioError { _ = try await service.client.job(id) }
      #expect(error?.code == .noSuchJob)
    }
    let error = await studioError { _ = try await service.client.fetch("zzzz") }
    #expect(error?.code == .noSuchJob)
  }

  @Test func whatIsNoRequestOfOursIsAnsweredInWords() async throws {
    let service = try await Service()
    let cases = [
      ("GET", "/v1/nothing", "", 404), ("GET", "/v2/jobs", "", 404), ("GET", "/", "", 404),
      ("DELETE", "/v1/jobs", "", 404), ("POST", "/v1/jobs", "{", 400),
      ("POST", "/v1/jobs", "{}", 400), ("POST", "/v1/jobs/zzzz/retry", "", 400),
      ("POST", "/v1/jobs/zzzz/retry", "{}", 404),
    ]
    for (method, path, body, status) in cases {
      let answer = try await service.raw(method, path, body)
      #expect(answer.status == status, "\(method) \(path)")
      let error = try JSONDecoder().decode(StudioError.self, from: Data(answer.body))
      #expect(!error.message.isEmpty)
    }
  }

  @Test func aListenerThatGoesAwayIsForgotten() async throws {
    let service = try await Service()
    let opened = Gate()
    let listening = Task {
      try await service.client.events(onOpen: { opened.open() }, onEvent: { _ in })
    }
    await opened.wait()
    #expect(service.bench.studio.hasListeners)
    listening.cancel()
    while service.bench.studio.hasListeners { await Task.yield() }
  }

  @Test func theEndOfTheServiceEndsTheEvents() async throws {
    let service = try await Service()
    let opened = Gate()
    let listening = Task {
      try await service.client.events(onOpen: { opened.open() }, onEvent: { _ in })
    }
    await opened.wait()
    service.server.stop()
    _ = await listening.result
    let error = await studioError { _ = try await service.client.greeting() }
    #expect(error?.code == .unreachable)
  }

  @Test func aServiceThatIsGoneBeforeItsAnswerHasStopped() async throws {
    let directory = try TemporaryDirectory()
    let asked = Collected<String>()
    let server = try HTTPServer(on: .unixSocket(path: directory.path("control"))) { request in
      asked.append(request.path)
      return HTTPReply(status: 202, body: .stream { $0.cut() })
    }
    try await StudioClient(socket: directory.path("control")).stop()
    #expect(asked.all == ["/v1/service/stop"])
    server.stop()
    let nobody = StudioClient(socket: directory.path("control"))
    let error = await studioError { try await nobody.stop() }
    #expect(error?.code == .unreachable)
  }

  @Test func aServiceThatIsEndingTakesNoMoreJobs() async throws {
    let service = try await Service()
    await service.bench.studio.drain()
    let error = await studioError {
      _ = try await service.client.submit(
        JobSubmission(request: small(), provider: .sandbox, key: nil))
    }
    #expect(error?.code == .ending)
    #expect(try await service.client.greeting().isEnding == true)
  }
}
