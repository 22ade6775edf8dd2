import Gateway
import HTTP
import Seedream
import TestSupport
import Testing

/// What a client is told of a request that brought no picture: a status, and whether to send it again.
@Suite struct OutcomeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var status: Int
    var body: String
    /// What the client gets, and whether it may send again.
    var told: Int
    var mayRetry = false
    var code: String?
    var testDescription: String { "\(status) \(body)" }

    init(_ status: Int, _ body: String, told: Int, mayRetry: Bool = false, code: String? = nil) {
      (self.status, self.body, self.told) = (status, body, told)
      (self.mayRetry, self.code) = (mayRetry, code)
    }
  }

  private static func error(_ code: String) -> String {
    #"{"error":{"code":"\#(code)","message":"words"}}"#
  }

  private static let busy = "ModelAccountIpmRateLimitExceeded"
  private static let filtered = "OutputImageSensitiveContentDetected"

  static let cases = [
    Case(400, error("InvalidParameter"), told: 400),
    Case(401, error("AuthenticationError"), told: 401),
    Case(408, error("x"), told: 408), Case(409, error("x"), told: 409),
    Case(429, error(busy), told: 429, mayRetry: true),
    Case(429, error("SetLimitExceeded"), told: 429), Case(429, "<html>", told: 429, mayRetry: true),
    Case(500, error("InternalServiceError"), told: 500), Case(500, error("x"), told: 500),
    Case(500, "", told: 500, code: "OutcomeUnknown"),
    Case(502, error("InternalServiceError"), told: 502), Case(502, error("x"), told: 502),
    Case(503, error("ServerOverloaded"), told: 503, mayRetry: true),
    Case(503, error("x"), told: 503), Case(503, "<html>", told: 503),
    Case(504, error("x"), told: 504), Case(520, error("x"), told: 520),
    Case(524, error("x"), told: 524), Case(524, "<html>", told: 524, code: "OutcomeUnknown"),
    Case(303, "", told: 502, code: "OutcomeUnknown"), Case(302, "<html>", told: 502),
    // A page, and errors, where a success should be.
    Case(200, "<html>Welcome</html>", told: 502), Case(200, error("x"), told: 502),
    Case(200, error(filtered), told: 400, code: filtered), Case(200, error(busy), told: 429),
    Case(
      200, #"{"model":"m","error":{"code":"\#(filtered)","message":"no"},"data":[]}"#, told: 400),
    Case(200, #"{"detail":"prompt not allowed: sensitive"}"#, told: 400),
    Case(200, error("InternalServiceError"), told: 500), Case(200, #"{"data":[]}"#, told: 502),
    Case(200, "", told: 502),
  ]

  @Test(arguments: cases) func everyRefusalSaysWhetherToSendAgain(_ one: Case) async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 \(one.status) X\r\nContent-Length: \(one.body.utf8.count)\r\n"
          + "Content-Type: application/json\r\nConnection: close\r\n\r\n\(one.body)")
    }
    let door = try Door(provider)
    for path in ["/v1/images/generations", "/api/v3/images/generations", "/byteplus-generate"] {
      let answer = try await door.post(path, #"{"model":"ep-1","prompt":"a"}"#)
      #expect(answer.status == one.told, "\(path)")
      #expect(answer.head["X-Should-Retry"] == "\(one.mayRetry)", "\(path)")
      if let code = one.code { #expect(try answer.read().error?.code == code) }
    }
    #expect(provider.heads.all.count == 3)
  }

  /// As curl with `--retry` does, and the vendor's libraries for Go and Java.
  @Test(arguments: [true, false])
  func whoeverAsksAgainAtOnceIsToldTheSameAndNothingIsSent(_ joins: Bool) async throws {
    let provider = try RawServer { $0.readRequest() }
    let door = try Door(provider, options: GatewayOptions(joinsEqual: joins))
    for body in [#"{"model":"ep-1","prompt":"a"}"#, #"{"model":"ep-1","prompt":"b"}"#] {
      for _ in 0..<3 {
        let answer = try await door.post("/v1/images/generations", body)
        #expect(answer.status == 502)
        #expect(try answer.read().error?.code == "OutcomeUnknown")
      }
    }
    #expect(provider.heads.all.count == (joins ? 2 : 6))
  }

  @Test func whatWasNeverSentMayBeSentAgain() async throws {
    var dialect = Dialect.byteplus
    dialect.baseURL = "http://127.0.0.1:1/v3"
    let door = try Door(Upstream(name: "nobody", dialect: dialect), GatewayOptions(), nil)
    let answer = try await door.post("/v1/images/generations", #"{"model":"ep-1","prompt":"a"}"#)
    #expect(answer.status == 502)
    #expect(answer.head["X-Should-Retry"] == "true")
    #expect(try answer.read().error?.code == "BadGateway")
  }

  @Test func theGatewaysOwnRefusalsSaySoToo() async throws {
    let door = try Door(options: .init(maximumBodyBytes: 1000))
    let big = #"{"prompt":"\#(String(repeating: "a", count: 2000))"}"#
    for (path, body) in [
      ("/v1/images/generations", "{"), ("/byteplus-generate", "{}"), ("/nothing", ""),
      ("/api/v3/nothing", ""), ("/byteplus/v1/getEditMultiImage", big),
      ("/ai-model-api-polling/getGenerationResults", #"{"job_set_id":"j"}"#),
    ] {
      let answer = try await door.post(path, body)
      #expect(answer.status >= 400)
      #expect(answer.head["X-Should-Retry"] == "false", "\(path)")
    }
  }
}
