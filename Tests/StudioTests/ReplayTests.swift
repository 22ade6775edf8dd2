import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a service does with what the one before it has left.
@Suite(.timeLimit(.minutes(5))) struct ReplayTests {
  /// Answers every request for a picture with one under its own address.
  private func provider() throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
  }

  private func prompts(_ provider: ScriptedProvider) -> [String] {
    provider.requests.all.filter { $0.method == "POST" }.map { request in
      let body = String(decoding: request.body, as: UTF8.self)
      return body.firstMatch(of: #/"prompt":"([^"]*)"/#).map { String($0.1) } ?? ""
    }
  }

  /// A gallery whose journal tells this, a job a line.
  private func gallery(
    _ jobs: [(id: String, events: [JournalEntry.Event])], at time: Timestamp = .now()
  ) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let journal = Journal(GalleryLayout(root: directory.path("gallery")))
    for (id, events) in jobs {
      for event in events {
        try journal.append(
          JournalEntry(job: try #require(JobID(id)), time: time, event: event))
      }
    }
    return directory
  }

  private func intent(
    _ prompt: String, at provider: ScriptedProvider, dialect: String = "ark", count: Int = 1
  ) -> JournalEntry.Intent {
    JournalEntry.Intent(
      request: small(prompt, count: count), provider: "test", dialect: dialect,
      baseURL: provider.url)
  }

  private static let keyless = StudioOptions(
    parallelJobs: 1, retries: Bench.quick, keys: { _ in .notNeeded })

  @Test func whatWasNotSentIsSentInTheOrderOfTheQueue() async throws {
    let provider = try provider()
    let a = try #require(JobID("aaaa"))
    let slow = JournalEntry.Failure(
      code: "ServerOverloaded", message: "Too busy.", isTriedAgain: true)
    let directory = try gallery([
      ("aaaa", [.intent(intent("first", at: provider))]),
      ("bbbb", [.intent(intent("second", at: provider))]),
      ("cccc", [.intent(intent("third", at: provider)), .sent(attempt: 1), .failed(slow)]),
      ("dddd", [.intent(intent("sent", at: provider)), .sent(attempt: 1)]),
      ("bbbb", [.edited(intent("second, edited", at: provider))]),
      ("cccc", [.moved(before: a)]),
      ("aaaa", [.moved(before: nil)]),
    ])
    let bench = try await Bench(directory, options: Self.keyless)
    await bench.studio.untilIdle()
    #expect(prompts(provider) == ["third", "second, edited", "first"])
    let jobs = await bench.studio.jobs()
    #expect(jobs.map(\.id) == ["aaaa", "bbbb", "cccc", "dddd"])
    #expect(jobs.map(\.state.phase) == [.done, .done, .done, .unknown])
    #expect(jobs.map(\.attempts) == [1, 1, 2, 1])
    #expect(jobs.map(\.state.isUnresolved) == [false, false, false, true])
    let picture = try #require(jobs[1].pictures.first)
    let record = try bench.record(of: picture)
    #expect(record.origin.request?.prompt == "second, edited")
  }

  @Test func aJobWhoseKeyIsNowhereWaitsForIt() async throws {
    let provider = try provider()
    let directory = try gallery([
      ("aaaa", [.intent(intent("waits", at: provider))]),
      ("bbbb", [.intent(.init(request: small("local"), provider: "sandbox", dialect: "sandbox"))]),
    ])
    let bench = try await Bench(
      directory,
      options: StudioOptions(retries: Bench.quick, keys: { _ in .missing("Set TEST_KEY.") }))
    // The service may end meanwhile, and what needs no key does not wait.
    await bench.studio.untilIdle()
    #expect(try await bench.studio.job("bbbb").state == .done)
    await bench.studio.lookUpKeys()
    let waiting = try await bench.studio.job("aaaa")
    #expect(
      waiting.state.needsKey && waiting.state.phase == .queued && waiting.message == "Set TEST_KEY."
    )
    #expect(await bench.studio.missingKeys.map(\.baseURL) == [provider.url])

    // A key for another address is none for this one.
    var elsewhere = provider.connection
    elsewhere.baseURL = "http://127.0.0.1:9"
    #expect(try await bench.studio.giveKey("key-of-another", for: elsewhere).isEmpty)
    var remote = provider.connection
    remote.baseURL = "http://example.com"
    let refusal = await studioError { _ = try await bench.studio.giveKey("k-e-y", for: remote) }
    #expect(refusal?.message.contains("https") == true)
    #expect(try await bench.studio.job("aaaa").state.needsKey)

    let freed = try await bench.studio.giveKey("the-key-itself", for: provider.connection)
    #expect(freed.map(\.id) == ["aaaa"])
    await bench.studio.untilIdle()
    let job = try await bench.studio.job("aaaa")
    #expect(job.state == .done && !job.state.needsKey && job.message == nil)
    let sent = provider.requests.all.first { $0.method == "POST" }
    #expect(sent?.header("Authorization") == "Bearer the-key-itself")
  }

  @Test func aNewJobBringsTheKeyForThoseThatWait() async throws {
    let provider = try provider()
    let directory = try gallery([("aaaa", [.intent(intent("waits", at: provider))])])
    let bench = try await Bench(
      directory, options: StudioOptions(retries: Bench.quick, keys: { _ in .missing("none") }))
    _ = try await bench.run(small("new"), on: provider.connection, key: "the-key-itself")
    await bench.studio.untilIdle()
    #expect(try await bench.studio.job("aaaa").state == .done)
  }

  @Test func aPausedQueueIsPausedAfterARestart() async throws {
    let provider = try provider()
    let (bench, ids) = try await Bench.restarted(options: Self.keyless) { bench in
      _ = try await bench.studio.pause()
      return [
        try await bench.studio.submit(
          JobSubmission(request: small("a"), provider: provider.connection, key: nil)
        ).id,
        try await bench.studio.submit(
          JobSubmission(request: small("b"), provider: provider.connection, key: nil)
        ).id,
      ]
    }
    #expect(await bench.studio.queueStatus == QueueStatus(isPaused: true))
    await bench.studio.lookUpKeys()
    #expect(await bench.studio.jobs().map(\.state.phase) == [.queued, .queued])
    #expect(await bench.studio.jobs().map(\.state.place) == [0, 1])
    #expect(provider.orders == 0)
    _ = try await bench.studio.move(ids[1], before: ids[0])
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    #expect(prompts(provider) == ["b", "a"])
    #expect(await bench.studio.queueStatus == QueueStatus())
  }

  @Test func anOpenJobOfAnOldMonthIsNotForgotten() async throws {
    let provider = try provider()
    let old = try #require(Timestamp("2025-03-03T03:03:03Z"))
    let directory = try gallery(
      [
        ("aaaa", [.intent(intent("old", at: provider))]),
        ("bbbb", [.intent(intent("old and sent", at: provider)), .sent(attempt: 1)]),
      ], at: old)
    var bench: Bench? = try await Bench(directory, options: Self.keyless)
    await bench?.studio.untilIdle()
    #expect(try await bench?.studio.job("aaaa").state == .done)
    #expect(try await bench?.studio.forget("bbbb").state.isUnresolved == false)
    bench = nil
    let layout = GalleryLayout(root: directory.path("gallery"))
    // Read once more, and closed by that.
    while true {
      do {
        let again = try await Bench(directory, options: Self.keyless)
        #expect(await again.studio.jobs().map(\.state.phase) == [.done, .unknown])
        break
      } catch let error as StudioError where error.message.contains("Only one service") {
        await Task.yield()
      }
    }
    #expect(try JournalMonths(layout).open(at: .now()) == [Timestamp.now().month])
    #expect(provider.orders == 1)
  }

  @Test func whatALostLineMayHaveToldIsNotSentByItself() async throws {
    let provider = try provider()
    let directory = try gallery([
      ("aaaa", [.intent(intent("perhaps sent", at: provider)), .sent(attempt: 1)])
    ])
    let path = GalleryLayout(root: directory.path("gallery")).journal(.now())
    var bytes = try FileSystem.read(path, limit: 1 << 20)
    // A bit of the second line, which says that it was sent.
    let line = try #require(bytes.firstIndex(of: 0x0A)) + 30
    bytes[line] ^= 1
    try DurableFile.write(bytes, to: path, replacing: true)
    // What began later cannot have been told of in the lost line.
    try Journal(GalleryLayout(root: directory.path("gallery"))).append(
      JournalEntry(
        job: #require(JobID("bbbb")), time: .now(),
        event: .intent(intent("after it", at: provider))))
    let bench = try await Bench(directory, options: Self.keyless)
    #expect(bench.studio.faults.count == 1)
    await bench.studio.untilIdle()
    #expect(prompts(provider) == ["after it"])
    #expect(await bench.studio.jobs().map(\.state.isUnresolved) == [true, false])
    _ = try await bench.studio.retry("aaaa", key: nil)
    await bench.studio.untilIdle()
    #expect(prompts(provider) == ["after it", "perhaps sent"])
  }

  @Test func aJournalThatCannotBeReadSendsNothingUntilItCan() async throws {
    let provider = try provider()
    let directory = try gallery([
      ("aaaa", [.intent(intent("bought", at: provider)), .sent(attempt: 1), .finished(count: 1)]),
      ("bbbb", [.intent(intent("waits", at: provider)), .sent(attempt: 1)]),
    ])
    let path = GalleryLayout(root: directory.path("gallery")).journal(.now())
    try FileSystem.rename(path, to: path + ".away")
    try FileSystem.createDirectory(path)
    let budget = Budget([.init(.day, 2, Balances.pictures)])
    var options = StudioOptions(retries: Bench.quick, keys: { _ in .notNeeded }, budget: { budget })
    options.probePause = 0.01
    let bench = try await Bench(directory, options: options)
    #expect(await bench.studio.queueStatus.trouble?.contains("journal cannot be read") == true)
    func submit() async -> StudioError? {
      await studioError {
        _ = try await bench.studio.submit(
          JobSubmission(request: small("more"), provider: provider.connection, key: nil))
      }
    }
    #expect(await submit()?.code == .gallery)

    let listener = bench.studio.hub.listen()
    try FileSystem.rename(path, to: path + ".directory")
    try FileSystem.rename(path + ".away", to: path)
    _ = try await listener.first(of: "bbbb") { $0.state.isUnresolved }
    #expect(await submit()?.code == .overBudget)
    #expect(provider.orders == 0)
  }

  @Test func picturesOfAJobWhoseRequestIsDamagedAreFetched() async throws {
    let provider = try provider()
    let directory = try gallery([
      (
        "aaaa",
        [
          .intent(intent("lost", at: provider, count: 2)), .sent(attempt: 1),
          .result(number: 2, .address(provider.url + "/2")),
        ]
      )
    ])
    let path = GalleryLayout(root: directory.path("gallery")).journal(.now())
    var bytes = try FileSystem.read(path, limit: 1 << 20)
    bytes[30] ^= 1
    try DurableFile.write(bytes, to: path, replacing: true)
    let bench = try await Bench(directory, options: Self.keyless)
    await bench.studio.untilIdle()
    let job = try await bench.studio.job("aaaa")
    #expect(job.pictures.map(\.id) == ["aaaa-2"])
    #expect(job.state.isUnresolved && job.notices.first?.contains("damaged") == true)
    let origin = try bench.record(of: #require(job.pictures.first)).origin
    #expect(origin.source == .recovered && origin.request == nil)
    // Nobody knows what to send.
    let error = await studioError {
      _ = try await bench.studio.retry("aaaa", provider: provider.connection, key: nil)
    }
    #expect(error?.code == .refused)
    #expect(provider.orders == 0)
  }

  @Test func whatAProviderStillDrawsIsAskedForAndNotSentAgain() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, number in
      let host = "http://\(request.header("Host") ?? "")"
      if request.method != "POST" { return .picture(bytes) }
      return number == 0
        ? .json(200, #"{"job_set_id":"j-1","status":"processing"}"#)
        : .json(
          200,
          #"{"status":"succeeded","results":[{"imageUrl":"\#(host)/1"},{"imageUrl":"\#(host)/2"}]}"#
        )
    }
    let directory = try gallery([
      (
        "aaaa",
        [
          .intent(intent("slow", at: provider, dialect: "pixazo", count: 2)), .sent(attempt: 1),
          .pending(id: "j-1"),
        ]
      )
    ])
    let bench = try await Bench(
      directory,
      options: StudioOptions(
        retries: Bench.quick, pollPauses: Array(repeating: 0.001, count: 6),
        keys: { _ in .key("the-key-of-it") }))
    await bench.studio.lookUpKeys()
    await bench.studio.untilIdle()
    let job = try await bench.studio.job("aaaa")
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(job.pictures.count == 2 && job.attempts == 1)
    let questions = provider.requests.all.filter { $0.method == "POST" }
    #expect(
      questions.map(\.path)
        == Array(repeating: "/ai-model-api-polling/getGenerationResults", count: 2))
    #expect(questions.allSatisfy { $0.header("Ocp-Apim-Subscription-Key") == "the-key-of-it" })
  }

  @Test func aTornLineIsCutOffAndReportedOnce() async throws {
    let directory = try TemporaryDirectory()
    let path = GalleryLayout(root: directory.path("gallery")).journal(.now())
    try FileSystem.createDirectory(FileSystem.parent(of: path))
    try DurableFile.write(Array(#"{"check":"12"#.utf8), to: path)
    let bench = try await Bench(directory)
    #expect(bench.studio.faults.count == 1)
    #expect(await bench.studio.queueStatus.faults == bench.studio.faults)
    #expect(try FileSystem.read(path, limit: 100).isEmpty)
    #expect(try await bench.run(small()).state == .done)
    #expect(try JournalContents(bench.layout).damage.isEmpty)
  }
}
