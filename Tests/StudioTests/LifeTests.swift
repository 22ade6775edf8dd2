import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import Synchronization
import TestSupport
import Testing

@testable import Studio

/// How a service ends, and what it leaves to the next.
@Suite(.timeLimit(.minutes(5))) struct LifeTests {
  @Test func versionsAreOrderedAsSemanticVersioningSays() throws {
    let ordered = [
      "0.0.9", "0.1.0-alpha", "0.1.0-alpha.1", "0.1.0-alpha.beta", "0.1.0-beta.2",
      "0.1.0-beta.11", "0.1.0-rc.1", "0.1.0", "0.1.1", "0.2.0", "0.10.0", "1.0.0",
    ].compactMap(ProgramVersion.init)
    try #require(ordered.count == 12)
    for (index, version) in ordered.enumerated() {
      for later in ordered[(index + 1)...] { #expect(version < later && !(later < version)) }
    }
    let (one, other) = (ProgramVersion("1.0.0+a"), ProgramVersion("1.0.0"))
    #expect(one == other)
    for text in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.-3", "1.2.3-", "1.2.3-a..b"] {
      #expect(ProgramVersion(text) == nil, "\(text)")
    }
  }

  @Test func whatWaitsForItsTurnIsLeftToTheNextService() async throws {
    var options = StudioOptions(retries: Bench.quick)
    options.parallelJobs = 1
    let bench = try await Bench(options: options)
    let runs = try await bench.studio.submit(
      JobSubmission(request: small("first"), provider: .sandbox, key: nil))
    let waits = try await bench.studio.submit(
      JobSubmission(request: small("second"), provider: .sandbox, key: nil))
    await bench.studio.drain()
    #expect(try await bench.studio.job(runs.id).state == .done)
    #expect(try await bench.studio.job(waits.id).state.phase == .queued)
    let events = try bench.journal(of: waits.id)
    #expect(events.count == 1)
    let error = await studioError {
      _ = try await bench.studio.submit(
        JobSubmission(request: small(), provider: .sandbox, key: nil))
    }
    #expect(error?.code == .ending)
  }

  /// A run that is refused for now while the service ends pauses, and waits for its turn: with the next service.
  @Test(.timeLimit(.minutes(1))) func aRunThatPausesWhileTheServiceEndsHoldsItUpNoLonger()
    async throws
  {
    let gate = Gate()
    let provider = try ScriptedProvider { _, _ in
      await gate.wait()
      return .refusal(500, "InternalServiceError")
    }
    let bench = try await Bench()
    let listener = bench.studio.hub.listen()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(), provider: provider.connection, key: nil))
    _ = try await listener.first(of: job.id) { $0.state.phase == .running }
    let studio = bench.studio
    await studio.close()
    let end = Task { await studio.drain() }
    // It waits for the run.
    while await studio.endWaiters.isEmpty { await Task.yield() }
    gate.open()
    await end.value
    #expect(try await studio.job(job.id).state.phase == .queued)
    #expect(provider.orders == 1)
  }

  @Test func itIsAtRestOnlyWhileNobodyListensAndNothingIsToDo() async throws {
    let bench = try await Bench()
    let listener = bench.studio.hub.listen()
    #expect(await !bench.studio.closeIfAtRest())
    bench.studio.hub.remove(listener)
    bench.studio.hub.beginRequest()
    #expect(await !bench.studio.closeIfAtRest())
    bench.studio.hub.endRequest()
    let job = try await bench.studio.submit(
      JobSubmission(request: small(), provider: .sandbox, key: nil))
    #expect(await !bench.studio.closeIfAtRest())
    await bench.studio.untilIdle()
    #expect(try await bench.studio.job(job.id).state == .done)
    #expect(await bench.studio.closeIfAtRest())
  }

  @Test func aListenerThatReadsNothingCostsOneEntryAJob() async throws {
    let bench = try await Bench()
    let socket = bench.directory.path("control")
    let server = try ControlServer(
      studio: bench.studio,
      greeting: ServiceGreeting(version: "0.1.0", processID: 7, gallery: "/g"), socket: socket,
      onStop: {})
    defer { server.stop() }
    let opened = Gate()
    let heard = Collected<Int>()
    let last = Gate()
    let holding = Mutex(())
    let rounds = 3000
    var status = JobStatus(
      id: "k7f2", state: .running(), request: small(String(repeating: "long ", count: 4000)),
      provider: "held", modelName: "Seedream", submitted: 0)
    let sleeper = Task {
      try await StudioClient(socket: socket).events(
        onOpen: { opened.open() },
        onEvent: { event in
          guard case .job(let status) = event else { return }
          _ = holding.withLock { _ in heard.append(status.revision) }
          if status.revision == rounds { last.open() }
        })
    }
    await opened.wait()
    // The reader is held up in its first event while 60 MB of them happen.
    holding.withLock { _ in
      for revision in 1...rounds {
        status.revision = revision
        bench.studio.hub.publish(status)
      }
    }
    await last.wait()
    #expect(heard.all.last == rounds && heard.all == heard.all.sorted())
    #expect(heard.all.count < rounds / 2)
    sleeper.cancel()
    _ = await sleeper.result
  }

  @Test func aServiceThatSaysNothingIsToldApartFromNone() async throws {
    let directory = try TemporaryDirectory()
    let held = Gate()
    defer { held.open() }
    let server = try HTTPServer(on: .unixSocket(path: directory.path("control"))) { _ in
      await held.wait()
      return .text(500, "never")
    }
    defer { server.stop() }
    let client = StudioClient(socket: directory.path("control"))
    let silent = await studioError { _ = try await client.greeting(within: .milliseconds(50)) }
    #expect(silent?.code == .notAnswering)
    let nobody = StudioClient(socket: directory.path("nobody"))
    let gone = await studioError { _ = try await nobody.greeting() }
    #expect(gone?.code == .unreachable)
  }
}
