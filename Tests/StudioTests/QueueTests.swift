import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// The queue as a user handles it.
@Suite(.timeLimit(.minutes(5))) struct QueueTests {
  /// Answers when its gate is open.
  private func gated(_ gate: Gate) throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      await gate.wait()
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
  }

  private func submit(
    _ prompt: String, _ bench: Bench, _ provider: ProviderConnection,
    references: [Reference] = []
  ) async throws -> String {
    try await bench.studio.submit(
      JobSubmission(
        request: small(prompt, references: references), provider: provider, key: nil)
    ).id
  }

  @Test func jobsAreMovedAndToldTheirPlaces() async throws {
    let bench = try await Bench()
    _ = try await bench.studio.pause()
    let listener = bench.studio.hub.listen()
    var ids: [String] = []
    for prompt in ["a", "b", "c"] {
      ids.append(try await submit(prompt, bench, .sandbox))
    }
    #expect(try await bench.studio.move(ids[2], before: ids[0]).state.place == 0)
    #expect(try await listener.first(of: ids[1]) { $0.state.place == 2 }.state.phase == .queued)
    #expect(try await bench.studio.move(ids[2], before: nil).state.place == 2)
    let error = await studioError { _ = try await bench.studio.move(ids[0], before: "zzzz") }
    #expect(error?.code == .noSuchJob)
    #expect(try bench.journal(of: ids[2]).count == 3)
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    #expect(await bench.studio.jobs().allSatisfy { $0.state == .done && $0.state.place == nil })
    let over = await studioError { _ = try await bench.studio.move(ids[0], before: nil) }
    #expect(over?.code == .notPossible)
  }

  @Test func anEditIsCheckedAndSent() async throws {
    let bench = try await Bench()
    let file = bench.directory.path("photo.jpg")
    try DurableFile.write(try jpeg(), to: file)
    _ = try await bench.studio.pause()
    let id = try await submit("before", bench, .sandbox, references: [.file(file)])
    try FileSystem.remove(file)
    var request = try await bench.studio.job(id).request
    request.prompt = ""
    let refusal = await studioError { _ = try await bench.studio.edit(id, request) }
    #expect(refusal?.problems.map(\.field) == [.prompt])
    // The reference is the one that was stored, although its file is gone.
    request.prompt = "after"
    let edited = try await bench.studio.edit(id, request)
    #expect(edited.request == request && edited.state.phase == .queued)
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    let picture = try #require(try await bench.studio.job(id).pictures.first)
    let sent = try #require(try bench.record(of: picture).origin.request)
    #expect(sent.prompt == "after" && sent.references.count == 1)
    let late = await studioError { _ = try await bench.studio.edit(id, request) }
    #expect(late?.message.contains("does not wait") == true)
  }

  @Test func everyProviderHasALimitOfItsOwn() async throws {
    let gate = Gate()
    let slow = try gated(gate)
    let bench = try await Bench()
    var narrow = slow.connection
    narrow.parallel = 2
    var ids: [String] = []
    let listeners = (0..<2).map { _ in bench.studio.hub.listen() }
    for number in 0..<4 { ids.append(try await submit("\(number)", bench, narrow)) }
    for (id, listener) in zip(ids, listeners) {
      _ = try await listener.first(of: id) { $0.state.phase == .running }
    }
    // Another provider does not wait for the slow one.
    #expect(try await bench.run(small("other")).state == .done)
    #expect(try await bench.studio.job(ids[2]).state.phase == .queued)
    #expect(slow.orders == 2)
    gate.open()
    await bench.studio.untilIdle()
    #expect(slow.orders == 4)
  }

  @Test func aJobThatWaitsForItsNextTryLetsOthersGo() async throws {
    let bytes = try jpeg()
    let isBusy = Gate()
    let provider = try ScriptedProvider { request, number in
      guard request.method == "POST" else { return .picture(bytes) }
      if number == 0 {
        return .refusal(429, "ServerOverloaded", "no.", [HTTPHeader("Retry-After", "60")])
      }
      isBusy.open()
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
    let bench = try await Bench(
      options: StudioOptions(
        parallelJobs: 1, retries: RetryPolicy(firstPause: 60, longestPause: 60)))
    let first = try await submit("waits", bench, provider.connection)
    let second = try await submit("goes", bench, provider.connection)
    let listener = bench.studio.hub.listen()
    await isBusy.wait()
    _ = try await listener.first(of: second) { $0.state == .done }
    #expect(try await bench.studio.job(first).state.phase == .queued)
    #expect(try await bench.studio.cancel(first).state == .cancelled)
    let failures = try bench.journal(of: first).compactMap { event in
      if case .failed(let failure) = event { failure.isTriedAgain } else { nil }
    }
    #expect(failures == [true])
  }

  @Test func allAreCancelledAndNoneStartsMeanwhile() async throws {
    let provider = try ScriptedProvider { _, _ in
      await untilCancelled()
      return HTTPReply(status: 500)
    }
    let bench = try await Bench(options: StudioOptions(parallelJobs: 1, retries: Bench.quick))
    let listener = bench.studio.hub.listen()
    var ids: [String] = []
    for number in 0..<3 { ids.append(try await submit("\(number)", bench, provider.connection)) }
    _ = try await listener.first(of: ids[0]) { $0.state.phase == .running }
    let ended = await bench.studio.cancelAll()
    #expect(ended.map(\.state) == [.cancelled, .cancelled, .cancelled])
    #expect(ended[0].message?.contains("may still draw and bill it") == true)
    #expect(ended[1].message == "Cancelled before anything was drawn.")
    #expect(provider.orders == 1)
    #expect(await bench.studio.cancelAll().isEmpty)
  }

  @Test func troubleHoldsTheQueueAndIsTold() async throws {
    let bench = try await Bench()
    let listener = bench.studio.hub.listen()
    await bench.studio.setTrouble("The disk is full.")
    let status = QueueStatus(trouble: "The disk is full.")
    #expect(await listener.next() == [.queue(status)])
    let id = try await submit("later", bench, .sandbox)
    #expect(try await bench.studio.job(id).state.phase == .queued)
    // Held jobs do not keep the service from ending: the next one finds them.
    #expect(await bench.studio.isIdle)
    await bench.studio.setTrouble(nil)
    await bench.studio.untilIdle()
    #expect(try await bench.studio.job(id).state == .done)
  }

  @Test func theUsualTimeIsThatOfOthersLikeIt() {
    func status(_ seconds: Double, count: Int = 1, state: JobState = .done) -> JobStatus {
      JobStatus(
        id: "a", state: state, request: small(count: count), provider: "p", modelName: "m",
        submitted: 0, sent: 10, finished: 10 + seconds)
    }
    var times = UsualTimes()
    #expect(times.median(of: status(0)) == nil)
    for seconds in [3.0, 1, 100] { times.apply(status(seconds)) }
    times.apply(status(50, count: 4))
    times.apply(status(9, state: .failed))
    times.apply(status(-5))
    #expect(times.median(of: status(0)) == 3)
    #expect(times.median(of: status(0, count: 3)) == 50)
    #expect(times.median(of: status(0, count: 9)) == nil)
    for _ in 0..<20 { times.apply(status(7)) }
    #expect(times.median(of: status(0)) == 7)
  }
}
