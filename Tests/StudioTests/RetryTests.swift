import Gallery
import HTTP
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What is sent again by itself, when, and what never is.
@Suite(.timeLimit(.minutes(5))) struct RetryTests {
  private let policy = RetryPolicy()

  private func refused(
    _ status: Int?, _ code: String, retryAfter: Double? = nil, message: String = "",
    forbidsRetry: Bool = false
  ) -> CallEnding {
    .refused(
      .init(
        error: APIError(status: status, code: code, message: message), retryAfter: retryAfter,
        forbidsRetry: forbidsRetry))
  }

  /// How many times a request would be sent that always ends so.
  private func times(_ ending: CallEnding) -> Int {
    (1...100).first { policy.pause(after: ending, attempt: $0, chance: 0) == nil } ?? 100
  }

  @Test func whatMayBeSentAgain() {
    let busy = "ModelAccountIpmRateLimitExceeded"
    #expect(times(.complete) == 1)
    #expect(times(.interrupted("cut")) == 1)
    #expect(times(.cancelled(mayBeBilled: false)) == 1)
    #expect(times(.notSent(reason: "no", isTransient: false)) == 1)
    #expect(times(.notSent(reason: "no", isTransient: true)) == policy.attemptsToReach)
    #expect(times(refused(429, busy)) == policy.attempts)
    #expect(times(refused(503, "ServerOverloaded")) == policy.attempts)
    #expect(times(refused(503, "", retryAfter: 1)) == policy.attempts)
    #expect(times(refused(503, "")) == 1)
    #expect(times(refused(500, "InternalServiceError")) == 3)
    #expect(times(refused(500, "")) == 1)
    #expect(times(refused(400, "InvalidParameter")) == 1)
    #expect(
      times(refused(400, "InvalidParameter", message: "Timeout while downloading url=x")) == 2)
    #expect(times(refused(400, "InvalidEndpoint.ClosedEndpoint")) == 2)
    #expect(times(refused(429, "SetLimitExceeded")) == 1)
    #expect(times(refused(429, "QuotaExceeded", message: "trial exhausted")) == 1)
    #expect(
      times(refused(429, "QuotaExceeded", message: "too many queued tasks")) == policy.attempts)
    #expect(times(refused(429, busy, forbidsRetry: true)) == 1)
    // Inside a stream or a reply that calls itself a success.
    #expect(times(refused(nil, "ServerOverloaded")) == 1)
    #expect(times(refused(200, "ServerOverloaded")) == 1)
  }

  @Test func pausesDoubleAndSpread() {
    let busy = refused(429, "ServerOverloaded")
    let pauses = (1...8).compactMap {
      policy.pause(after: busy, attempt: $0, chance: 0)?.seconds
    }
    #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
    #expect(policy.pause(after: busy, attempt: 2, chance: -1)?.seconds == 1.5)
    #expect(policy.pause(after: busy, attempt: 2, chance: 1)?.seconds == 2.5)
    let closed = refused(400, "InvalidEndpoint.ClosedEndpoint")
    #expect(policy.pause(after: closed, attempt: 1, chance: 0)?.seconds == 30)
  }

  @Test func theProvidersWishMakesPausesLongerAndNeverShorter() {
    func seconds(
      _ retryAfter: Double, _ chance: Double, attempt: Int = 1, code: String = "ServerOverloaded"
    ) -> Double? {
      policy.pause(
        after: refused(429, code, retryAfter: retryAfter), attempt: attempt, chance: chance)?
        .seconds
    }
    #expect(seconds(7, -1) == 7)
    #expect((7.1...8).contains(seconds(7, 1) ?? 0))
    #expect(seconds(120, -1) == 120)
    #expect(seconds(121, 0) == nil)
    #expect((1...6).map { seconds(0, 0, attempt: $0) } == [1, 2, 4, 8, 16, 30])
    #expect(seconds(1, -1, code: "InvalidEndpoint.ClosedEndpoint") == 30)
    #expect(policy.fetchPause(after: 3, chance: 0, retryAfter: 0) == 4)
    #expect(policy.fetchPause(after: 1, chance: -1, retryAfter: 9) == 9)
    #expect(policy.fetchPause(after: 1, chance: 0, retryAfter: 121) == nil)
  }

  @Test func howAnAnswerAsksToWait() {
    let now = 784_111_777.0  // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110.
    func seconds(_ name: String, _ value: String) -> Double? {
      RetryAfter.seconds(
        HTTPResponseHead(status: 429, headers: [HTTPHeader(name, value)]), now: now)
    }
    #expect(seconds("Retry-After", "7") == 7)
    #expect(seconds("retry-after-ms", "300") == 0.3)
    #expect(seconds("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT") == 30)
    #expect(seconds("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT") == 0)
    for text in ["", "-1", "soon", "nan", "inf", "Sun, 06 Now 1994 08:49:37 GMT"] {
      #expect(seconds("Retry-After", text) == nil)
    }
  }

  @Test func aBusyProviderIsAskedAgain() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, number in
      guard request.method == "POST" else { return .picture(bytes) }
      return number < 2
        ? .refusal(429, "ServerOverloaded", "busy.", [HTTPHeader("Retry-After", "0")])
        : .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done)
    #expect(job.message == nil)
    #expect(job.attempts == 3)
    #expect(provider.orders == 3)
    let sent = try bench.journal(of: job.id).filter { if case .sent = $0 { true } else { false } }
    #expect(sent == [.sent(attempt: 1), .sent(attempt: 2), .sent(attempt: 3)])
    // One id for the user's order, however often it is sent.
    let ids = provider.requests.all.compactMap { $0.header("X-Client-Request-Id") }
    #expect(Set(ids).count == 1)
  }

  @Test func aProviderThatAsksForALongPauseIsNotWaitedFor() async throws {
    let provider = try ScriptedProvider { _, _ in
      .refusal(429, "ServerOverloaded", "busy.", [HTTPHeader("Retry-After", "600")])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .failed)
    #expect(job.message?.contains("wait 10 minutes") == true)
    #expect(job.message?.hasSuffix("[ServerOverloaded]") == true)
    #expect(provider.orders == 1)
  }

  @Test func aProviderThatFailsInsideIsAskedTwiceMore() async throws {
    let provider = try ScriptedProvider { _, _ in .refusal(500, "InternalServiceError") }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .failed)
    #expect(provider.orders == 3)
  }

  @Test(arguments: [
    (0.4, ""), (1, "wait a second"), (2, "wait 2 seconds"), (125, "wait 3 minutes"),
  ])
  func aWishIsSaidInWords(seconds: Double, words: String) {
    guard case .refused(let refusal) = refused(429, "", retryAfter: seconds) else { return }
    #expect(words.isEmpty != refusal.sentence.contains("asks to wait"))
    #expect(words.isEmpty || refusal.sentence.contains("\(words) before another try."))
  }

  @Test(arguments: [
    "upstream connect error or disconnect/reset before headers. reset reason: connection termination",
    "<html>Service Unavailable</html>", "", #"{"message":"upstream request timeout"}"#,
  ])
  func aGatewayThatLostTheProviderIsNotAskedAgain(body: String) async throws {
    let provider = try ScriptedProvider { _, _ in .text(503, body) }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state.phase == .unknown)
    #expect(job.message?.contains("HTTP 503") == true)
    #expect(job.message?.contains("may have been drawn") == true)
    #expect(provider.orders == 1)
  }

  @Test func onlyWhatIsCertainIsCalledUndrawn() {
    func reason(_ ending: CallEnding) -> String? {
      policy.pause(after: ending, attempt: 1, chance: 0)?.reason
    }
    #expect(reason(refused(429, "ServerOverloaded"))?.contains("Nothing was drawn") == true)
    #expect(
      reason(refused(500, "InternalServiceError"))
        == "The provider failed inside. Try again later. Try 2 follows.")
  }

  @Test func aStreamIsNotRepeatedAfterItsFirstPicture() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      let text =
        succeeded(0, "http://\(request.header("Host") ?? "")/0")
        + "data: {\"error\":{\"code\":\"ServerOverloaded\",\"message\":\"busy\"}}\n\n"
      return HTTPReply(body: .bytes(Array(text.utf8)))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 3), on: provider.connection)
    #expect(job.state == .partlyDone)
    #expect(job.message?.contains("overloaded") == true)
    #expect(job.pictures.count == 1)
    #expect(provider.orders == 1)
  }
}
