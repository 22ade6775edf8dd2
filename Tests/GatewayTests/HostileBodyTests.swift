import Dispatch
import Glibc
import HTTP
import Seedream
import TestSupport
import Testing

@testable import Gateway

/// Bodies that would cost much before they are refused.
@Suite("Bodies that are too much of something") struct HostileBodyTests {
  private static let paths = [
    "/byteplus-generate", "/api/v3/images/generations", "/v1/images/generations",
    "/byteplus/v1/getEditMultiImage",
  ]

  private static func body(_ more: String, prompt: String = "a") -> String {
    "{\"model\":\"ep-1\",\"prompt\":\"\(prompt)\",\"image\":\"https://example.com/a.png\"\(more)}"
  }

  @Test("a prompt beyond 1 MB is refused in the endpoint's words", arguments: paths)
  func prompt(path: String) async throws {
    let door = try Door()
    for prompt in [
      String(repeating: "a", count: 1_000_001), String(repeating: "\\u00e9", count: 500_001),
      String(repeating: "\\ud83d\\ude00", count: 250_001),
      String(repeating: "\\n", count: 1_000_001),
    ] {
      let answer = try await door.post(path, Self.body("", prompt: prompt))
      #expect([400, 422].contains(answer.status))
      #expect(answer.text.contains("must be at most 1 MB of text"))
      #expect(answer.text.contains("prompt"))
      #expect(answer.body.count < 2000)
    }
  }

  @Test("and one of 1 MB is not") func longest() async throws {
    for prompt in [
      String(repeating: "a", count: 1_000_000), String(repeating: "\\u0061", count: 1_000_000),
      String(repeating: "\\ud83d\\ude00", count: 250_000),
    ] {
      try BodyScan.check(Array(Self.body("", prompt: prompt).utf8))
    }
    let answer = try await Door().post(
      "/v1/images/generations",
      Self.body("", prompt: String(repeating: "a", count: 1_000_000)))
    #expect(!answer.text.contains("1 MB"))
  }

  @Test(
    "what the decoder would be long at never reaches it",
    arguments: [
      (",\"image_\":[" + String(repeating: "1,", count: 100_000) + "1]", "more than 4096 values"),
      (",\"x\":" + String(repeating: "{\"a\":", count: 100_000), "nest deeper"),
      (",\"x\":" + String(repeating: "[", count: 1_000_000), "nest deeper"),
      ((0..<30_000).map { ",\"k\($0)\":1" }.joined(), "more than 4096 values"),
      (",\"seed\":" + String(repeating: "1", count: 1_000_000), "more than 400 digits"),
      (",\"seed\":1e" + String(repeating: "1", count: 1_000_000), "more than 400 digits"),
      (",\"" + String(repeating: "k", count: 1_000_000) + "\":1", "endless name"),
      (",\"user\":\"" + String(repeating: "k", count: 1_000_001) + "\"", "more than 1 MB"),
      (",\"prompt\":\"b\"", "prompt is there twice"), (",\"image\":[]", "image is there twice"),
      (",\"x\":1,\"x\":1", "x is there twice"),
    ])
  func scanned(more: String, words: String) async throws {
    let body = Array(Self.body(more).utf8)
    #expect(throws: Refusal.self) { try BodyScan.check(body) }
    let answer = try await Door().post("/api/v3/images/generations", Self.body(more))
    #expect(answer.status == 400)
    #expect(answer.text.contains(words), "\(answer.text.prefix(300))")
  }

  @Test("a hundred thousand references are counted, not read", arguments: paths)
  func references(path: String) async throws {
    let list = String(repeating: "\"https://example.com/a.png\",", count: 100_000) + "\"x\""
    let answer = try await Door().post(
      path, "{\"model\":\"ep-1\",\"prompt\":\"a\",\"image\":[\(list)]}")
    #expect([400, 422].contains(answer.status))
    #expect(answer.text.contains("number of reference images cannot exceed 100"))
  }

  @Test(
    "what is only unusual goes on to the decoder",
    arguments: [
      ",\"image_\":[1,2,3]", ",\"x\":{\"prompt\":\"b\",\"image\":\"c\"}", ",\"x\":\"\\\\\"",
      ",\"x\":\"\\\"prompt\\\":\"", ",\"x\":-1.5e+3", ",\"x\":[{\"a\":1},{\"a\":1}]", " \n", "",
    ])
  func usual(more: String) throws { try BodyScan.check(Array(Self.body(more).utf8)) }

  @Test("how the gateway is, is told while every thread of the pool is busy", .ownThread)
  func status() throws {
    let door = try Door()
    let hold = DispatchSemaphore(value: 0)
    let count = 64
    // More than there are threads: whatever runs on the pool has to wait for them.
    for _ in 0..<count { Task.detached { hold.wait() } }
    defer { for _ in 0..<count { hold.signal() } }
    for path in ["/healthz", "/metrics"] {
      let connection = try RawConnection(toPort: door.gateway.port)
      defer { connection.close() }
      connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
      var wait = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
      try #require(unsafe poll(&wait, 1, 30_000) == 1, "\(path) waits for the others")
      let answer = connection.readRequest()
      #expect(answer?.head.hasPrefix("HTTP/1.1 200 ") == true)
    }
  }
}
