import HTTP
import Seedream
import TestSupport
import Testing

@testable import Gateway

/// Providers that send their replies compressed.
@Suite("The gateway in front of a provider that packs") struct CodingTests {
  private static let reply =
    "{\"model\":\"m\",\"created\":1,\"data\":[{\"url\":\"https://example.com/1.jpeg\",\"size\":\"1x1\"}]}"
  private static let body = "{\"model\":\"seedream-4.0\",\"prompt\":\"a lantern\",\"size\":\"1K\"}"

  private func provider(_ label: String, _ text: String) throws -> RawServer {
    let wire = Gzip.compress(Array(text.utf8)) ?? []
    return try RawServer { connection in
      while connection.readRequest() != nil {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(label)")
        connection.send("Content-Length: \(wire.count)\r\n\r\n")
        connection.send(wire)
      }
    }
  }

  @Test(
    "passes on what was packed, with a head that fits",
    arguments: ["Content-Encoding: gzip\r\n", "Content-Encoding: utf-8\r\n", ""])
  func passedOn(label: String) async throws {
    for path in ["/api/v3/images/generations", "/v1/images/generations", "/byteplus-generate"] {
      let provider = try provider(label, Self.reply)
      let door = try Door(provider)
      let answer = try await door.post(
        path, Self.body, headers: [HTTPHeader("Accept-Encoding", "gzip")])
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.text.contains("https://example.com/1.jpeg"))
      #expect(answer.head["Content-Encoding"] == nil)
      #expect(answer.head["Content-Length"].map { Int($0) == answer.body.count } ?? true)
      #expect(provider.heads.all.allSatisfy { $0.contains("Accept-Encoding: gzip\r\n") })
    }
  }

  @Test("streams a long one that was packed small")
  func long() async throws {
    let text = String(repeating: " ", count: 3 << 20)
    let provider = try provider("Content-Encoding: gzip\r\n", Self.reply.dropLast() + text + "}")
    let door = try Door(provider)
    let answer = try await door.post("/api/v3/images/generations", Self.body)
    #expect(answer.status == 200, "\(answer.text.prefix(300))")
    #expect(answer.body.count == Self.reply.utf8.count + (3 << 20))
    #expect(provider.heads.all.count == 1)
  }
}
