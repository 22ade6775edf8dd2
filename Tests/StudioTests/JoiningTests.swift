import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Requests that a client sends once more by itself, because its patience ends before the picture is drawn.
@Suite(.timeLimit(.minutes(5))) struct JoiningTests {
  private static let first = RequestFingerprint(digest: "d")
  private static let counted = RequestFingerprint(digest: "d", isRepeat: true)

  /// A provider that draws when the gate is open.
  private func provider(_ gate: Gate) throws -> ScriptedProvider {
    let bytes = try jpeg()
    return try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      await gate.wait()
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
  }

  private func submit(
    _ bench: Bench, _ provider: ScriptedProvider, _ fingerprint: RequestFingerprint?
  ) async throws -> JobStatus {
    try await bench.studio.submit(
      JobSubmission(
        request: small(), provider: provider.connection, key: nil, fingerprint: fingerprint))
  }

  @Test func aFurtherTryJoinsTheJobUnderWay() async throws {
    let gate = Gate()
    let provider = try provider(gate)
    let bench = try await Bench()
    let job = try await submit(bench, provider, Self.first)
    for fingerprint in [
      Self.first, Self.counted, RequestFingerprint(digest: "d", joinsEqual: true),
    ] {
      let again1 = try await submit(bench, provider, fingerprint)
      #expect(again1.id == job.id)
    }
    // Another body, and one who wants two of the same.
    let again2 = try await submit(bench, provider, .init(digest: "e"))
    #expect(again2.id != job.id)
    let again3 = try await submit(bench, provider, .init(digest: "d", joinsEqual: false))
    #expect(again3.id != job.id)
    let again4 = try await submit(bench, provider, nil)
    #expect(again4.id != job.id)
    gate.open()
    await bench.studio.untilIdle()
    #expect(provider.orders == 4)
  }

  /// A user's sends: each has a name of its own, which is given again where no answer came.
  @Test func whatIsHandedOverAgainIsTheSameOrder() async throws {
    let gate = Gate()
    let provider = try provider(gate)
    let bench = try await Bench()
    let send = RequestFingerprint(digest: "send-1", name: "send-1", joinsEqual: false)
    let other = RequestFingerprint(digest: "send-2", name: "send-2", joinsEqual: false)
    let first = try await submit(bench, provider, send)
    let again = try await submit(bench, provider, send)
    let second = try await submit(bench, provider, other)
    #expect(again.id == first.id && second.id != first.id)
    gate.open()
    await bench.studio.untilIdle()
    let late = try await submit(bench, provider, send)
    #expect(late.id == first.id)
    #expect(provider.orders == 2)
  }

  @Test func manyAtOnceAreOne() async throws {
    let gate = Gate()
    let provider = try provider(gate)
    let bench = try await Bench()
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask { try await self.submit(bench, provider, Self.first).id }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    gate.open()
    await bench.studio.untilIdle()
    #expect(provider.orders == 1)
  }

  @Test func afterTheEndOnlyWhatIsCountedOrNamedIsAFurtherTry() async throws {
    let gate = Gate()
    gate.open()
    let provider = try provider(gate)
    let bench = try await Bench()
    let named = RequestFingerprint(digest: "d", name: "mine-1")
    let job = try await submit(bench, provider, named)
    await bench.studio.untilIdle()
    let again5 = try await submit(bench, provider, Self.counted)
    #expect(again5.id == job.id)
    let again6 = try await submit(bench, provider, named)
    #expect(again6.id == job.id)
    let again7 = try await submit(bench, provider, Self.first)
    #expect(again7.id != job.id)
    await bench.studio.untilIdle()
    #expect(provider.orders == 2)
  }

  /// Libraries that ignore `X-Should-Retry` ask again after a second, and count nothing.
  @Test(arguments: [502, 500, 429]) func anAnswerAtWhichLibrariesAskAgainIsGivenAgain(
    status: Int
  ) async throws {
    let code = status == 429 ? "SetLimitExceeded" : status == 500 ? "InternalServiceError" : "x"
    let provider = try ScriptedProvider { _, _ in .refusal(status, code) }
    let bench = try await Bench()
    let job = try await submit(bench, provider, Self.first)
    await bench.studio.untilIdle()
    let orders = provider.orders
    let again8 = try await submit(bench, provider, Self.first)
    #expect(again8.id == job.id)
    let again9 = try await submit(bench, provider, .init(digest: "d", joinsEqual: false))
    #expect(again9.id != job.id)
    await bench.studio.untilIdle()
    #expect(provider.orders == 2 * orders)
  }

  @Test func whatWasNeverSentIsTriedAnew() async throws {
    let bench = try await Bench()
    let nobody = ProviderConnection(
      name: "nobody", dialect: "ark", baseURL: "http://127.0.0.1:1/v3")
    func submit(_ fingerprint: RequestFingerprint) async throws -> String {
      try await bench.studio.submit(
        JobSubmission(request: small(), provider: nobody, key: nil, fingerprint: fingerprint)
      ).id
    }
    let first = try await submit(Self.first)
    await bench.studio.untilIdle()
    let again10 = try await submit(Self.counted)
    #expect(again10 != first)
  }

  @Test func whatSomebodyCancelledIsNotBoughtByAFurtherTry() async throws {
    let gate = Gate()
    let provider = try provider(gate)
    let bench = try await Bench(options: StudioOptions(parallelJobs: 1, retries: Bench.quick))
    _ = try await submit(bench, provider, .init(digest: "other"))
    let job = try await submit(bench, provider, Self.first)
    _ = try await bench.studio.cancel(job.id)
    let again11 = try await submit(bench, provider, Self.counted)
    #expect(again11.id == job.id)
    gate.open()
    await bench.studio.untilIdle()
    #expect(provider.orders == 1)
  }

  @Test func theNextServiceKnowsItToo() async throws {
    let raw = try RawServer { $0.readRequest() }
    let (bench, job) = try await Bench.restarted { bench in
      let status = try await bench.studio.submit(
        JobSubmission(
          request: small(), provider: raw.connection, key: nil, fingerprint: Self.first))
      await bench.studio.untilIdle()
      return status.id
    }
    #expect(try await bench.studio.job(job).state.phase == .unknown)
    let again = try await bench.studio.submit(
      JobSubmission(
        request: small(), provider: raw.connection, key: nil, fingerprint: Self.counted))
    #expect(again.id == job)
    #expect(raw.heads.all.count == 1)
    // Whoever decides that it is to be drawn anew has it drawn anew.
    _ = try await bench.studio.forget(job)
    let anew = try await bench.studio.submit(
      JobSubmission(
        request: small(), provider: raw.connection, key: nil, fingerprint: Self.counted))
    #expect(anew.id != job)
  }
}
