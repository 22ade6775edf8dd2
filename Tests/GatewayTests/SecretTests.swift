import FoundationEssentials
import Gateway
import HTTP
import Seedream
import TestSupport
import Testing

/// A provider that repeats the key wherever it can: none of it goes through.
@Suite struct SecretTests {
  private static let key = Door.providerKey
  private static let spellings: [String] = {
    let bytes = Array(key.utf8)
    func hex(_ byte: UInt8) -> String { String(byte, radix: 16) }
    return [
      key, key.uppercased(), key.replacing("-", with: "\\u002d"), key.replacing("-", with: "%2D"),
      key.replacing("-", with: "%252d"), key.replacing("-", with: "&#45;"),
      bytes.map(hex).joined(), Data("Bearer \(key)".utf8).base64EncodedString(),
      Data("u:\(key)".utf8).base64EncodedString(), Data("ab\(key)".utf8).base64EncodedString(),
    ]
  }()

  private static func expectNothing(_ text: String, _ place: Comment) {
    let parts =
      spellings + ["of-the-provider", "OF-THE-PROVIDER", "LW9mLXRoZS1wcm92aWRl"]
      + ["b2YtdGhlLXByb3ZpZG", "1vZi10aGUtcHJvdmlkZX"]
    for part in parts { #expect(!text.contains(part), place) }
    #expect(text.contains("[key]"), place)
  }

  private static func head(_ status: Int, _ type: String, _ length: Int? = nil) -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nX-Request-Id: id-\(key)\r\n"
      + "Retry-After: \(key)\r\n" + (length.map { "Content-Length: \($0)\r\n" } ?? "") + "\r\n"
  }

  @Test(arguments: [
    "/api/v3/images/generations", "/v1/images/generations", "/byteplus-generate",
    "/byteplus/v1/getEditMultiImage",
  ])
  func noReplyHasTheKey(_ path: String) async throws {
    let words = Self.spellings.joined(separator: " ")
    let picture = "\"url\":\"https://example.com/a.png?k=\(Self.key)\",\"size\":\"1024x1024\""
    let bodies = [
      (
        200,
        #"{"model":"\#(Self.key)","created":1,"data":[{\#(picture)}],"usage":{"generated_images":1},"note":"\#(words)"}"#
      ),
      (200, #"{"error":{"code":"InvalidParameter","message":"\#(words)"}}"#),
      (
        400,
        #"{"error":{"code":"\#(Self.key)","message":"\#(words)","param":"\#(Self.key)","type":"\#(words)"}}"#
      ),
      (429, "<html>\(words)</html>"), (500, words),
    ]
    for (status, body) in bodies {
      let provider = try RawServer { connection in
        connection.readRequest()
        connection.send(Self.head(status, "application/json", body.utf8.count) + body)
      }
      let door = try Door(provider)
      let request =
        path.hasSuffix("getEditMultiImage")
        ? #"{"prompt":"a","image_urls":["https://example.com/a.png"],"size":"1024x1024"}"#
        : #"{"model":"seedream-4.0","prompt":"a","size":"1K"}"#
      let answer = try await door.post(path, request)
      let heads = answer.head.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
      Self.expectNothing("\(heads)\n\(answer.text)", "\(status) \(body.prefix(60))")
      #expect(door.log.all.allSatisfy { !$0.contains(Self.key) })
    }
  }

  @Test func noEventHasTheKeyWhereverItsPiecesEnd() async throws {
    let words = Self.spellings.joined(separator: " ")
    let events =
      "event: image_generation.partial_succeeded\ndata: {\"type\":\"image_generation.partial_succeeded\","
      + "\"image_index\":0,\"url\":\"https://example.com/0.jpg\",\"note\":\"\(words)\"}\n\n"
      + "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\","
      + "\"error\":{\"code\":\"x\",\"message\":\"\(words)\"}}\n\n: \(words)\n\ndata: [DONE]\n\n"
    for path in ["/api/v3/images/generations", "/byteplus-generate"] {
      let provider = try RawServer { connection in
        connection.readRequest()
        connection.send(Self.head(200, "text/event-stream"))
        for start in stride(from: 0, to: events.utf8.count, by: 7) {
          connection.send(Array(events.utf8.dropFirst(start).prefix(7)))
        }
      }
      let door = try Door(provider)
      let answer = try await door.post(
        path, #"{"model":"ep-1","prompt":"a","stream":true,"sequential_image_generation":"auto"}"#)
      #expect(answer.status == 200)
      Self.expectNothing(answer.text, "\(path)")
      #expect(answer.text.hasSuffix("data: [DONE]\n\n") || path == "/byteplus-generate")
    }
  }

  @Test func whatAClientsKeyIsGoesToNobodyElse() async throws {
    let body =
      #"{"created":1,"data":[{"url":"https://example.com/1.jpg"}],"note":"ring-of-somebody"}"#
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(Self.head(200, "application/json", body.utf8.count) + body)
    }
    let door = try Door(
      provider, options: GatewayOptions(keys: try KeyRing(["my-own-key", "ring-of-somebody"])))
    let answer = try await door.post(
      "/api/v3/images/generations", #"{"model":"ep-1","prompt":"a"}"#,
      headers: [HTTPHeader("Authorization", "Bearer my-own-key")])
    #expect(answer.text.contains("[key]") && !answer.text.contains("somebody"))
  }
}
