import RecordedReplies
import Seedream
import Testing

/// The one rule of what may be sent again: every status, in every form of a body.
@Suite struct RequestOutcomeTests {
  /// The outcome of an answer, read from its bytes as client and gateway read them.
  private func outcome(_ status: Int, _ body: String, asksToWait: Bool = false) -> RequestOutcome? {
    let heard = Heard(body, status: status, dialect: .pixazo)
    if heard.isUnreadable { return .unknown }
    return heard.failure.map { RequestOutcome(of: $0, asksToWait: asksToWait) }
  }

  /// A body in the vendor's form, as a page, as a sentence, as FastAPI's, and none at all.
  private static let forms = [
    #"{"error":{"code":"some_relays_code","message":"upstream said no","type":"new_api_error"}}"#,
    "<html><h1>Sorry</h1></html>", #"{"error":"An unexpected error occurred"}"#,
    #"{"detail":"API request failed with status code 502: <html>"}"#, "", "Sorry",
  ]

  @Test(arguments: [
    408, 409, 424, 425, 499, 500, 502, 503, 504, 506, 507, 508, 510, 520, 521, 522, 523, 524, 525,
    526, 527, 530, 529, 598, 599, 302, 303, 300, 304, 305, 100, 101, 102, 0, 99, 600, 999, 418, 460,
  ])
  func whatIsNotSureIsUnknown(status: Int) {
    for body in Self.forms {
      let isLost = body.contains("502")
      let expected: RequestOutcome = status == 425 && !isLost ? .rejected : .unknown
      #expect(outcome(status, body) == expected, "\(status) \(body)")
    }
  }

  @Test(arguments: [
    301, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 413, 414, 415, 416, 417, 421,
    422, 423, 426, 428, 431, 451, 494, 497, 501, 505, 511,
  ])
  func whatTheStatusRefusesIsRejected(status: Int) {
    for body in Self.forms where !body.contains("502") {
      #expect(outcome(status, body) == .rejected, "\(status) \(body)")
    }
  }

  /// A relay's word that it lost the answer counts more than the status that it gives that.
  @Test(arguments: [400, 422, 429, 403, 500])
  func whatARelayLostIsUnknown(status: Int) {
    for body in [
      #"{"detail":"API request failed with status code 504: "}"#,
      #"{"error":{"code":"read_response_body_failed","message":"x","type":"new_api_error"}}"#,
      Self.error("bad_response_body"), Self.error("empty_response"),
      Self.error("do_request_failed", "EOF"),
      #"{"message":"upstream timeout, image may have been generated"}"#,
    ] { #expect(outcome(status, body) == .unknown, "\(status) \(body)") }
  }

  /// new-api's word for an answer it could not read; whoever runs it maps the status beside it.
  @Test(arguments: [400, 401, 404, 422, 429, 500, 503])
  func aStatusThatARelayMayHaveMappedIsNotBelieved(status: Int) {
    func said(_ message: String) -> String { Self.error("bad_response_status_code", message) }
    for message in [
      "openai_error", "", "upstream said no", "bad response status code 504",
      "bad response status code 500, body: <html>", "bad response status code 408",
      "bad response status code 409", "bad response status code 200",
    ] { #expect(outcome(status, said(message)) == .unknown, "\(status) \(message)") }
    // A refusal, but nothing that is sent again.
    for message in [
      "bad response status code 400", "bad response status code 401, body: no",
      "bad response status code 429", "The prompt was flagged by moderation",
    ] { #expect(outcome(status, said(message)) == .rejected, "\(status) \(message)") }
  }

  /// What the service behind `unified` writes where it lost the pictures of a stream, and tokens for nothing.
  @Test func nothingIsNotSaidByWhoeverLosesPictures() throws {
    let zero =
      #"{"data":[],"usage":{"generated_images":0,"output_tokens":0,"total_tokens":0}}"#
    #expect(Heard(zero, dialect: try #require(.named("unified"))).isUnreadable)
    #expect(Heard(zero).failure != nil)
    #expect(Heard(zero.replacing("tokens\":0", with: "tokens\":16384")).isUnreadable)
  }

  @Test func aRateLimitIsNoGeneration() {
    for body in Self.forms where !body.contains("502") {
      #expect(outcome(429, body) == .notGenerated, "\(body)")
    }
    #expect(outcome(429, Self.error("SetLimitExceeded")) == .rejected)
    #expect(outcome(429, Self.error("QuotaExceeded", "trial exhausted")) == .rejected)
    #expect(outcome(429, Self.error("QuotaExceeded", "too many queued")) == .notGenerated)
  }

  /// The vendor's codes mean the same under every status, but those of trouble only under their own.
  @Test(arguments: [400, 409, 500, 502, 503, 524, 200])
  func theVendorsRefusalsAreSureUnderAnyStatus(status: Int) {
    for code in [
      "OutputImageSensitiveContentDetected", "InputTextSensitiveContentDetected.PolicyViolation",
      "InvalidParameter.size", "AuthenticationError", "AccountOverdueError", "ModelNotOpen",
      "sensitive_words_detected", "content_policy_violation", "insufficient_user_quota",
    ] {
      #expect(outcome(status, Self.error(code)) == .rejected, "\(status) \(code)")
    }
  }

  @Test func troubleIsSureOnlyUnderItsOwnStatus() {
    #expect(outcome(500, Self.error("InternalServiceError")) == .notGenerated)
    #expect(outcome(503, Self.error("ServerOverloaded")) == .notGenerated)
    #expect(outcome(400, Self.error("InvalidEndpoint.ClosedEndpoint")) == .notGenerated)
    for status in [408, 499, 502, 504, 520, 524] {
      #expect(outcome(status, Self.error("InternalServiceError")) == .unknown, "\(status)")
      #expect(outcome(status, Self.error("ServerOverloaded")) == .unknown, "\(status)")
    }
    // Inside a success nothing is sent again, though it was surely refused.
    #expect(outcome(200, Self.error("ServerOverloaded")) == .rejected)
    #expect(outcome(200, Self.error("InternalServiceError")) == .rejected)
  }

  @Test func a503ThatNamesATimeIsARefusalOnlyInAnApplicationsWords() {
    #expect(outcome(503, #"{"error":"busy"}"#, asksToWait: true) == .notGenerated)
    #expect(outcome(503, #"{"error":"busy"}"#) == .unknown)
    #expect(outcome(503, "<html>", asksToWait: true) == .unknown)
    #expect(
      outcome(503, #"{"message":"upstream request timeout"}"#, asksToWait: true) == .unknown)
  }

  @Test(arguments: [
    (#"{"error":"An unexpected error occurred"}"#, RequestOutcome.unknown),
    (#"{"error":{"code":"do_request_failed","message":"context deadline exceeded"}}"#, .unknown),
    (#"{"error":{"code":"","message":"sensitive upstream request timeout"}}"#, .unknown),
    (#"{"error":"The prompt was flagged by moderation"}"#, .rejected),
    (#"{"code":400,"message":"bad size"}"#, .rejected),
    (#"{"code":500,"message":"oops"}"#, .unknown), (#"{"code":504,"message":"late"}"#, .unknown),
    (#"{"success":false}"#, .unknown), ("<html>Welcome</html>", .unknown),
  ])
  func insideASuccess(body: String, outcome expected: RequestOutcome) {
    #expect(outcome(200, body) == expected)
  }

  @Test func aServiceInFrontThatQuotesTheVendorIsReadAsTheVendor() {
    let quoted =
      #"{"detail":"BytePlus API request failed with status code 429: {\"error\":{\"code\":"#
      + #"\"ModelAccountIpmRateLimitExceeded\",\"message\":\"slow\"}}"}"#
    #expect(outcome(500, quoted) == .notGenerated)
  }

  // MARK: Jobs

  /// However a question is met, only the job's own status decides.
  @Test(arguments: [500, 502, 401, 403, 404, 400, 429, 503, 302, 999])
  func aQuestionsStatusSaysNothingOfTheJob(status: Int) throws {
    let job = try #require(PendingJob(id: "j-1"))
    for body in Self.forms + [Self.error("AuthenticationError"), Self.error("ServerOverloaded")] {
      let heard = Heard(body, status: status, dialect: .pixazo, job: job)
      let error = try #require(heard.failure)
      #expect(RequestOutcome(ofJobAskedFor: error) == .unknown, "\(status) \(body)")
    }
  }

  @Test func theJobsOwnWordDecides() throws {
    let job = try #require(PendingJob(id: "j-1"))
    func outcome(_ body: String) -> RequestOutcome? {
      let heard = Heard(body, dialect: .pixazo, job: job)
      if heard.isUnreadable { return .unknown }
      return heard.failure.map { RequestOutcome(ofJobAskedFor: $0) }
    }
    #expect(outcome(#"{"status":"failed","message":"upstream timeout"}"#) == .rejected)
    #expect(outcome(#"{"status":"error","error":"no"}"#) == .rejected)
    #expect(outcome(#"{"status":"completed","results":[]}"#) == .unknown)
    #expect(outcome("<html>Welcome</html>") == .unknown)
    // Not the job's: it goes on.
    #expect(outcome(#"{"error":"Rate limit exceeded"}"#) == nil)
    #expect(outcome(#"{"status":"processing","error":"slow"}"#) == nil)
  }

  @Test func aJobThatWasTakenIsNotRefusedByTheWordsBesideItsName() {
    let heard = Heard(#"{"job_set_id":"j-1","error":"the queue is long"}"#, dialect: .pixazo)
    #expect(heard.completion?.pending == PendingJob(id: "j-1"))
    #expect(heard.failure == nil)
  }

  @Test func aBrokenLine() {
    #expect(RequestOutcome(mayHaveBeenSent: true) == .unknown)
    #expect(RequestOutcome(mayHaveBeenSent: false) == .notGenerated)
  }

  @Test(arguments: [
    ("OutputImageSensitiveContentDetected", 400), ("InvalidParameter.size", 400),
    ("AuthenticationError", 401), ("AccountOverdueError", 403), ("ModelNotOpen", 404),
    ("ModelAccountIpmRateLimitExceeded", 429), ("QuotaExceeded", 429), ("SetLimitExceeded", 429),
    ("InternalServiceError", 500), ("InvalidEndpoint.ClosedEndpoint", 400),
    ("ContentSecurityDetectionError", 400), ("content_policy_violation", 400), ("422", 422),
  ])
  func whatARefusalInsideASuccessMeans(code: String, status: Int) {
    #expect(APIError(status: 200, code: code, message: "").properStatus == status)
    #expect(APIError(status: 200, code: "NeverHeardOf", message: "").properStatus == nil)
  }

  private static func error(_ code: String, _ message: String = "words") -> String {
    #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
  }
}
