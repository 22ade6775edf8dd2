import Gallery
import HTTP
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What the service reserves, settles and refuses.
@Suite(.timeLimit(.minutes(5))) struct SpendingTests {
  private func options(_ limits: Budget.Limit...) -> StudioOptions {
    let budget = Budget(limits)
    return StudioOptions(
      retries: Bench.quick, budget: { () async throws(StudioError) in budget })
  }

  /// Draws what it is asked for, but for members that are refused.
  private func provider(refusing refused: Int = 0) throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      let asked =
        String(decoding: request.body, as: UTF8.self)
        .firstMatch(of: #/"max_images":(\d+)/#).flatMap { Int($0.1) } ?? 1
      let picture = #"{"url":"http://\#(request.header("Host") ?? "")/1","size":"64x48"}"#
      let error = #"{"error":{"code":"OutputImageSensitiveContentDetected","message":"No."}}"#
      let data =
        Array(repeating: picture, count: asked - min(asked, refused))
        + Array(repeating: error, count: min(asked, refused))
      return .json(200, #"{"model":"m","created":1,"data":[\#(data.joined(separator: ","))]}"#)
    }
  }

  /// Pictures of this provider cost four cents.
  private func priced(_ provider: ScriptedProvider) -> ProviderConnection {
    var connection = provider.connection
    connection.prices = ["all": PriceList(.usd, asOf: "", [.init(400)])]
    return connection
  }

  @Test func refusedMembersAreFree() async throws {
    let provider = try provider(refusing: 1)
    let (bench, job) = try await Bench.restarted(options: options()) { bench in
      let job = try await bench.run(small(count: 3, streaming: .off), on: priced(provider))
      #expect(job.state == .partlyDone)
      #expect(job.reserved == .cents(12) && job.cost == .cents(8))
      #expect(try bench.journal(of: job.id).last == .settled(pictures: 2, .cents(8)))
      return job
    }
    let after = try await bench.studio.job(job.id)
    #expect(after.reserved == .cents(12) && after.cost == .cents(8))
    let status = try await bench.studio.ledgerStatus()
    #expect(status.today.spent == Balances(pictures: 2, .cents(8)))
    #expect(status.today.total == status.today.spent)
  }

  /// What is sent after a restart, and what is fetched after it, costs what the profile says.
  @Test func theProfilesPricesOutliveAService() async throws {
    let provider = try provider()
    var connection = provider.connection
    connection.prices = ["all": PriceList(.usd, asOf: "", [.init(10_000)])]
    var options = options()
    options.keys = { _ in .notNeeded }
    let (bench, id) = try await Bench.restarted(options: options) { bench in
      _ = try await bench.studio.pause()
      return try await bench.studio.submit(
        JobSubmission(request: small(), provider: connection, key: nil)
      ).id
    }
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    let job = try await bench.studio.job(id)
    #expect(job.state == .done && job.reserved == .cents(100) && job.cost == .cents(100))
  }

  @Test func aFetchInVainIsNoSettlement() async throws {
    let provider = try ScriptedProvider { request, _ in
      request.method == "POST"
        ? .pictures(["http://\(request.header("Host") ?? "")/1"]) : HTTPReply(status: 404)
    }
    let bench = try await Bench(options: options())
    let job = try await bench.run(small(), on: priced(provider))
    let listener = bench.studio.hub.listen()
    _ = try await bench.studio.fetch(job.id)
    _ = try await listener.first(of: job.id) { $0.state.isFinal }
    let settlements = try bench.journal(of: job.id).count {
      if case .settled = $0 { true } else { false }
    }
    #expect(settlements == 1)
  }

  @Test func aRefusedMemberFreesItsShare() async throws {
    let provider = try provider(refusing: 1)
    let bench = try await Bench(options: options(.init(.day, 120_000, "USD")))
    let set = small(count: 3, streaming: .off)
    #expect(try await bench.run(set, on: priced(provider)).state == .partlyDone)
    // Two are paid for, so there is room for one, which is refused and costs nothing, and so on.
    for _ in 0..<3 {
      #expect(try await bench.run(small(), on: priced(provider)).state == .failed)
    }
    let error = await studioError {
      _ = try await bench.run(small(count: 2, streaming: .off), on: priced(provider))
    }
    #expect(error?.code == .overBudget)
    #expect(provider.orders == 4)
  }

  @Test func jobsThatComeAtOnceDoNotPassALimit() async throws {
    let provider = try provider()
    let bench = try await Bench(options: options(.init(.day, 280_000, "USD")))
    let connection = priced(provider)
    let listener = bench.studio.hub.listen()
    let outcomes = await withTaskGroup(of: StudioError?.self) { group in
      for _ in 0..<30 {
        group.addTask {
          await studioError {
            _ = try await bench.studio.submit(
              JobSubmission(request: small(), provider: connection, key: nil))
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == nil } == 7)
    #expect(outcomes.compactMap(\.?.code).allSatisfy { $0 == .overBudget })
    await bench.studio.untilIdle()
    bench.studio.hub.remove(listener)
    #expect(provider.orders == 7)
    #expect(try await bench.studio.ledgerStatus().today.spent == Balances(pictures: 7, .cents(28)))
    #expect(try await bench.studio.ledgerStatus().lines.map(\.left) == [0])
    // What was refused is in no journal.
    #expect(Set(try JournalContents(bench.layout).entries.map(\.job)).count == 7)
  }

  @Test func theSizeThatCameIsPaid() async throws {
    let provider = try provider()
    let bench = try await Bench()
    var connection = provider.connection
    connection.dialect = "byteplus"
    let request = GenerationRequest(
      model: "seedream-5.0-pro", prompt: "a red lantern", size: .keyword("2K"))
    let job = try await bench.run(request, on: connection)
    // The model decides what 2K is; what it drew is small.
    #expect(job.reserved == Price(currency: "USD", millionths: 90_000))
    #expect(job.cost == Price(currency: "USD", millionths: 45_000))
  }

  @Test func anUnknownOutcomeStaysInTheBudget() async throws {
    let raw = try RawServer { $0.readRequest() }
    let connection = raw.connection
    let options = options(.init(.day, 1, Balances.pictures))
    let (bench, _) = try await Bench.restarted(options: options) { bench in
      let job = try await bench.run(small(), on: connection)
      #expect(job.state.phase == .unknown && job.cost == nil)
      return job
    }
    #expect(try await bench.studio.ledgerStatus().lines.map(\.atRisk) == [1])
    let error = await studioError { _ = try await bench.run(small(), on: connection) }
    #expect(error?.message.contains("1 picture at risk") == true)
    #expect(raw.heads.all.count == 1)
  }

  @Test func theSandboxIsFreeWhateverTheBudget() async throws {
    let bench = try await Bench(
      options: options(.init(.day, 0, Balances.pictures), .init(.run, 0, "USD")))
    let job = try await bench.run(small())
    #expect(job.state == .done)
    #expect(job.reserved == nil && job.cost == nil)
  }

  @Test func aBudgetThatCannotBeReadSendsNothing() async throws {
    let provider = try provider()
    let bench = try await Bench(
      options: StudioOptions(
        retries: Bench.quick,
        budget: { () async throws(StudioError) in throw StudioError(.notPossible, "Line 7.") }))
    let error = await studioError { _ = try await bench.run(small(), on: priced(provider)) }
    #expect(error?.message == "Line 7.")
    #expect(provider.orders == 0)
    #expect(try await bench.run(small()).state == .done)
  }
}
