import Gateway
import HTTP
import Seedream
import TestSupport
import Testing

/// Jobs that the provider has taken: whatever meets a question for them, they were taken.
@Suite(.timeLimit(.minutes(2))) struct PollingTests {
  /// In front of a provider that takes every request as job `j-1` and answers the nth question, from zero,
  /// with these bytes; nothing resets the connection.
  private func door(
    patience: Int = 30, _ answer: @escaping @Sendable (Int) -> String?
  ) throws -> (Door, RawServer) {
    let asked = Collected<Int>()
    let provider = try RawServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      if head.contains("/getEditMultiImage") {
        return connection.send(reply(200, #"{"job_set_id":"j-1","status":"queued"}"#))
      }
      asked.append(0)
      if let text = answer(asked.all.count - 1) { connection.send(text) }
    }
    var dialect = Dialect.pixazo
    dialect.polling = Polling(
      path: "/ai-model-api-polling/getGenerationResults", member: "job_set_id", firstPause: 0,
      pause: 1, patience: patience)
    return (try Door(provider, speaking: dialect), provider)
  }

  private func submissions(_ provider: RawServer) -> Int {
    provider.heads.all.count { $0.contains("/getEditMultiImage") }
  }

  private static let done =
    #"{"status":"completed","job_set_id":"j-1","results":[{"url":"https://e.com/1.png"}]}"#

  static let troubles: [String?] = [
    nil, reply(500, "{}"), reply(502, "<html>"), reply(401, #"{"error":"no key"}"#),
    reply(404, ""), reply(429, #"{"error":"slow"}"#), reply(302, ""),
    reply(400, #"{"detail":"x"}"#),
    reply(200, "<html>Welcome</html>"), reply(200, #"{"status":"proc"#),
    reply(200, #"{"error":"Rate limit exceeded"}"#), reply(200, "{}"),
    reply(200, #"{"code":429,"msg":"too many requests"}"#),
    reply(200, #"{"success":false,"message":"try again later"}"#),
    reply(200, #"{"status":"success","code":503,"message":"busy"}"#),
    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status\"", "nonsense\r\n\r\n",
    reply(200, #"{"status":"processing","job_set_id":"j-1"}"#),
  ]

  @Test(arguments: troubles) func aQuestionThatFailsIsAskedAgain(_ trouble: String?) async throws {
    let (door, provider) = try door { $0 == 0 ? trouble : reply(200, Self.done) }
    let answer = try await door.post(
      "/v1/images/generations", #"{"model":"seedream-4.0","prompt":"a","image":"https://e.com/a"}"#)
    #expect(answer.status == 200, "\(answer.text)")
    #expect(try answer.read().data?.first?.url == "https://e.com/1.png")
    #expect(submissions(provider) == 1)
  }

  @Test(arguments: [reply(401, #"{"error":"no key"}"#), nil])
  func aJobOfWhichNothingIsHeardIsUnknown(_ trouble: String?) async throws {
    let (door, provider) = try door(patience: 2) { _ in trouble }
    let answer = try await door.post(
      "/v1/images/generations", #"{"model":"seedream-4.0","prompt":"a","image":"https://e.com/a"}"#)
    #expect(answer.status == 502)
    #expect(answer.head["X-Should-Retry"] == "false")
    let error = try #require(try answer.read().error)
    #expect(error.code == "OutcomeUnknown")
    #expect(error.message.contains("j-1"))
    #expect(submissions(provider) == 1)
  }

  @Test func theJobsOwnWordIsARefusal() async throws {
    let (door, provider) = try door { _ in
      reply(200, #"{"status":"failed","job_set_id":"j-1","message":"upstream timeout"}"#)
    }
    let answer = try await door.post(
      "/v1/images/generations", #"{"model":"seedream-4.0","prompt":"a","image":"https://e.com/a"}"#)
    #expect(answer.status == 400)
    #expect(answer.head["X-Should-Retry"] == "false")
    #expect(submissions(provider) == 1)
  }
}

private func reply(_ status: Int, _ body: String) -> String {
  "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
    + "Content-Type: application/json\r\n\r\n\(body)"
}
