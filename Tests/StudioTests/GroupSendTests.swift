import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Several pictures of a model that draws one a request, on their way: one send, so many jobs.
@Suite(.timeLimit(.minutes(5))) struct GroupSendTests {
  /// Answers the request of each number, from 0, with a picture of its own unless it is told otherwise.
  private func provider(
    _ answers: [Int: HTTPReply] = [:], after gate: Gate? = nil
  ) throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, number in
      guard request.method == "POST" else { return .picture(bytes) }
      await gate?.wait()
      return answers[number] ?? .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
  }

  /// Its pictures cost four cents.
  private func priced(_ provider: ScriptedProvider) -> ProviderConnection {
    var connection = provider.connection
    connection.prices = ["all": PriceList(.usd, asOf: "", [.init(400)])]
    return connection
  }

  private static let four = GenerationRequest(
    model: "seedream-5.0-pro", prompt: "fog", size: .keyword("1K"), count: 4)

  private func options(_ limits: Budget.Limit..., parallel: Int = 4) -> StudioOptions {
    let budget = Budget(limits)
    return StudioOptions(
      parallelJobs: parallel, retries: Bench.quick, keys: { _ in .key("key") },
      budget: { () async throws(StudioError) in budget })
  }

  private func submit(
    _ bench: Bench, _ provider: ProviderConnection, _ fingerprint: RequestFingerprint? = nil
  ) async throws -> [JobStatus] {
    try await bench.studio.submitAll(
      JobSubmission(request: Self.four, provider: provider, key: nil, fingerprint: fingerprint))
  }

  /// As one job with a set, once they are over.
  private func ended(_ bench: Bench, _ jobs: [JobStatus]) async throws -> JobStatus {
    await bench.studio.untilIdle()
    var ended: [JobStatus] = []
    for job in jobs { ended.append(try await bench.studio.job(job.id)) }
    return .together(ended)
  }

  @Test func eachIsARequestOfItsOwnAndAllAreOneSend() async throws {
    let provider = try provider()
    let bench = try await Bench(options: options(.init(.run, 160_000, "USD")))
    let jobs = try await submit(bench, priced(provider))
    #expect(jobs.count == 4 && Set(jobs.map(\.id)).count == 4)
    #expect(jobs.map(\.request.count) == [1, 1, 1, 1])
    let all = try await ended(bench, jobs)
    #expect(all.state == .done)
    #expect(all.pictures.map(\.id) == jobs.map { "\($0.id)-1" }, "in the order of the send")
    #expect(all.reserved == .cents(16) && all.cost == .cents(16))
    #expect(all.usage?.generatedImages == 4)
    for (place, picture) in all.pictures.enumerated() {
      let origin = try bench.record(of: picture).origin
      #expect(origin.group == JobGroup(id: jobs[0].id, place: place, size: 4))
    }
    #expect(provider.orders == 4)
    let bodies = provider.requests.all.filter { $0.method == "POST" }
      .map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.allSatisfy { !$0.contains("sequential") && !$0.contains("max_images") })
    // Every intent before anything is sent, in one group.
    let entries = try JournalContents(bench.layout).entries
    let intents = entries.prefix(4).compactMap { entry -> JobGroup? in
      if case .intent(let intent) = entry.event { intent.group } else { nil }
    }
    #expect(intents == (0..<4).map { JobGroup(id: jobs[0].id, place: $0, size: 4) })
    #expect(Set(entries.prefix(4).map(\.time)).count == 1)
  }

  @Test(arguments: [Budget.Period.run, .day, .month])
  func aBudgetForThreeRefusesAllFourInOneSentence(period: Budget.Period) async throws {
    let provider = try provider()
    let bench = try await Bench(options: options(.init(period, 120_000, "USD")))
    let error = await studioError { _ = try await submit(bench, priced(provider)) }
    #expect(error?.code == .overBudget)
    #expect(error?.message.contains("may cost $0.16") == true)
    #expect(await bench.studio.jobs().isEmpty)
    #expect(try JournalContents(bench.layout).entries.isEmpty)
    #expect(try await bench.studio.ledgerStatus().today.total.isEmpty)
    #expect(provider.orders == 0)
  }

  @Test func oneThatIsRefusedIsFreeAndTheOthersArrive() async throws {
    let provider = try provider([1: .refusal(400, "OutputImageSensitiveContentDetected")])
    let bench = try await Bench(options: options(parallel: 1))
    let jobs = try await submit(bench, priced(provider))
    let all = try await ended(bench, jobs)
    #expect(all.state == .partlyDone)
    #expect(all.pictures.map(\.id) == [0, 2, 3].map { "\(jobs[$0].id)-1" })
    #expect(all.cost == .cents(12))
    guard case .refused(let code, _, _) = all.members[1].outcome else {
      Issue.record("the second is \(all.members[1])")
      return
    }
    #expect(code == "OutputImageSensitiveContentDetected")
    #expect(try await bench.studio.ledgerStatus().today.total == Balances(pictures: 3, .cents(12)))
  }

  @Test func oneThatIsUnknownIsAtRiskAloneAndIsAskedAboutAlone() async throws {
    let provider = try provider([2: .json(200, #"{"data":[{"url":"http://127.0.0.1/"#)])
    let bench = try await Bench(options: options(parallel: 1))
    let jobs = try await submit(bench, priced(provider))
    let all = try await ended(bench, jobs)
    #expect(all.state.phase == .unknown && all.state.isUnresolved)
    #expect(all.message?.contains("Job \(jobs[2].id): ") == true)
    #expect(all.pictures.count == 3)
    #expect(all.cost == .cents(12) && all.atRisk == .cents(4))
    let tally = try await bench.studio.ledgerStatus().today
    #expect(tally.spent == Balances(pictures: 3, .cents(12)))
    #expect(tally.atRisk == Balances(pictures: 1, .cents(4)))
    #expect(provider.orders == 4)
    // Sent again it is one picture, and no group.
    let again = try await bench.studio.retry(jobs[2].id, key: nil)
    #expect(again.group == nil && again.request.count == 1)
    await bench.studio.untilIdle()
    #expect(provider.orders == 5)
  }

  @Test func oneIsCancelledAloneAndBeforeItIsSent() async throws {
    let gate = Gate()
    let provider = try provider(after: gate)
    let bench = try await Bench(options: options(parallel: 1))
    let jobs = try await submit(bench, priced(provider))
    #expect(try await bench.studio.cancel(jobs[1].id).state == .cancelled)
    gate.open()
    let all = try await ended(bench, jobs)
    #expect(all.state == .partlyDone && all.pictures.count == 3)
    #expect(all.cost == .cents(12))
    #expect(provider.orders == 3)
  }

  @Test func itCannotBecomeASetOfItsOwn() async throws {
    let bench = try await Bench()
    _ = try await bench.studio.pause()
    let provider = try provider()
    let jobs = try await submit(bench, priced(provider))
    let error = await studioError {
      _ = try await bench.studio.edit(jobs[1].id, small(count: 3))
    }
    #expect(error?.message.contains("one of 4 that were asked for together") == true)
    let edited = try await bench.studio.edit(jobs[1].id, small("another"))
    #expect(edited.group == JobGroup(id: jobs[0].id, place: 1, size: 4))
  }

  /// A set that is sent again to a provider that draws one a request.
  @Test func aSetBecomesAGroupWhereItIsSentAgain() async throws {
    let gate = Gate()
    gate.open()
    let provider = try provider(after: gate)
    let bench = try await Bench()
    let set = try await bench.run(small(count: 3), on: provider.connection)
    var single = provider.connection
    single.limits = RequestLimits(pictures: 1)
    let first = try await bench.studio.retry(set.id, provider: single, key: nil)
    await bench.studio.untilIdle()
    #expect(first.group == JobGroup(id: first.id, place: 0, size: 3))
    #expect(provider.orders == 4)
  }

  // MARK: Services that end

  /// A service that is killed while it writes a send down, after each line and in the middle of one.
  @Test(arguments: [0.4, 1, 1.5, 2, 3, 3.9, 4])
  func whatWasWrittenInPartIsNotSentAtAll(lines: Double) async throws {
    let provider = try provider()
    let (bench, jobs) = try await Bench.restarted(options: options()) { bench in
      _ = try await bench.studio.pause()
      let jobs = try await submit(bench, priced(provider))
      let path = bench.layout.journal(.now())
      let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
      let whole = text.split(separator: "\n").map { "\($0)\n" }
      #expect(whole.count == 4)
      var kept = whole.prefix(Int(lines)).joined()
      if lines < 4 {
        let next = whole[Int(lines)]
        kept += next.prefix(Int(Double(next.count) * (lines - lines.rounded(.down))))
      }
      try DurableFile.write(Array(kept.utf8), to: path, mode: 0o600, replacing: true)
      return jobs.map(\.id)
    }
    let known = await bench.studio.jobs()
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    guard lines < 4 else {
      #expect(provider.orders == 4, "a whole send goes on")
      return
    }
    #expect(provider.orders == 0)
    #expect(known.map(\.id) == Array(jobs.prefix(Int(lines))))
    #expect(known.allSatisfy { $0.state == .failed })
    #expect(known.allSatisfy { $0.message?.contains("Nothing of it was sent") == true })
    #expect(try await bench.studio.ledgerStatus().today.total.isEmpty)
    // Whoever reads the journal without a service comes to the same.
    var ledger = Ledger()
    for entry in try JournalContents(bench.layout).entries { ledger.apply(entry) }
    #expect(ledger.tally(of: Timestamp.now().day).total.isEmpty)
  }

  /// A line that is lost may have said that it was sent: nothing of it is told to be unsent, and nothing sent.
  @Test func whatADamagedLineMayHaveSaidIsNotKnown() async throws {
    let provider = try provider()
    let (bench, _) = try await Bench.restarted(options: options()) { bench in
      _ = try await bench.studio.pause()
      _ = try await submit(bench, priced(provider))
      let path = bench.layout.journal(.now())
      let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
      var lines = text.split(separator: "\n").map { "\($0)\n" }
      lines[1] = "x" + lines[1]
      try DurableFile.write(Array(lines.joined().utf8), to: path, mode: 0o600, replacing: true)
    }
    let known = await bench.studio.jobs()
    #expect(known.count == 3)
    #expect(known.allSatisfy { $0.message?.contains("Nothing of it was sent") != true })
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    // The one before the line may have been sent; those after it were not.
    #expect(await bench.studio.jobs().map(\.state.phase) == [.unknown, .done, .done])
  }

  // MARK: Clients that ask again

  @Test func aFurtherTryJoinsAllOfThem() async throws {
    let gate = Gate()
    let provider = try provider(after: gate)
    let (bench, jobs) = try await Bench.restarted(options: options(parallel: 2)) { bench in
      let first = RequestFingerprint(digest: "d")
      let ids = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<10 {
          group.addTask { try await submit(bench, priced(provider), first).map(\.id) }
        }
        return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      let ended = try #require(ids.first)
      // One is over while others wait for their turn.
      _ = try await bench.studio.cancel(ended[3])
      #expect(try await submit(bench, priced(provider), first).map(\.id) == ended)
      gate.open()
      await bench.studio.untilIdle()
      return ended
    }
    #expect(jobs.count == 4 && provider.orders == 3)
    let counted = RequestFingerprint(digest: "d", isRepeat: true)
    #expect(try await submit(bench, priced(provider), counted).map(\.id) == jobs)
    #expect(provider.orders == 3)
    // Who counts nothing wants four more.
    let anew = try await submit(bench, priced(provider), RequestFingerprint(digest: "d"))
    #expect(Set(anew.map(\.id)).isDisjoint(with: jobs))
  }
}
