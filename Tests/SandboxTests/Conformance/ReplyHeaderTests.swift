import HTTP
import Sandbox
import Testing

@Suite("Conformance: headers of replies")
struct ReplyHeaderTests {
  private static let good = #"{"model":"seedream-4-0-250828","prompt":"x","size":"1280x720"}"#
  private static let stream =
    #"{"model":"seedream-4-0-250828","prompt":"x","size":"1280x720","stream":true}"#

  /// 53 characters: `02`, milliseconds since 1970 in 13 digits, 38 hexadecimal digits.
  private static func isRequestID(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst(2)
    return text.utf8.count == 53 && text.hasPrefix("02")
      && digits.prefix(13).allSatisfy { (0x30...0x39).contains($0) }
      && digits.dropFirst(13).allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
      }
  }

  @Test(
    "2. every reply names its request and its server", arguments: [good, stream, "{}", "nonsense"])
  func everyReply(body: String) async throws {
    let head = try await Wire().post(body).head
    #expect(Self.isRequestID(head["x-request-id"] ?? ""))
    #expect(head["x-client-request-id"]?.isEmpty == false)
    #expect(head["server"] == "istio-envoy")
    #expect(Int(head["x-envoy-upstream-service-time"] ?? "") != nil)
    #expect(
      head["content-type"]
        == (body == Self.stream ? "text/event-stream" : "application/json; charset=utf-8"))
  }

  @Test("2. the client's own name for a request is given back")
  func echo() async throws {
    let name = HTTPHeader("X-Client-Request-Id", "20261121085129hTyuJ39WXS1b5nQNf7oR")
    for body in [Self.good, Self.stream, "{}"] {
      let head = try await Wire().post(body, headers: [name]).head
      #expect(head["x-client-request-id"] == name.value)
    }
  }

  @Test(
    "2. a name is made where the client gave none, or one that cannot be given back",
    arguments: [nil, String(repeating: "x", count: 257), "ö"])
  func unknown(name: String?) async throws {
    let headers = name.map { [HTTPHeader("X-Client-Request-Id", $0)] } ?? []
    let made = try #require(
      try await Wire().post("{}", headers: headers).head["x-client-request-id"])
    let parts = made.split(separator: "-")
    #expect(parts.count == 3 && parts[0] == "unknown")
    #expect(parts[1].count == 14 && parts[1].hasPrefix("20") && parts[2].count == 8)
  }

  @Test func theModelsAreListedAsTheLiveServiceListsThem() async throws {
    let wire = try Wire()
    let response = try await wire.get(wire.server.baseURL + "/models")
    #expect(response.status == 200)
    let text = String(decoding: response.body, as: UTF8.self)
    #expect(text.contains(#""id":"dola-seedream-5-5-261028""#))
    #expect(text.contains(#""domain":"ImageGeneration""#))
    #expect(text.contains(#""status":"Retiring""#) && text.contains(#""status":"Shutdown""#))
  }

  @Test(
    "2. a path nobody serves is 404 with an empty body", arguments: ["/model", "/", "/images"])
  func unknownPath(path: String) async throws {
    let wire = try Wire()
    let response = try await wire.get(wire.server.baseURL + path)
    #expect(response.status == 404 && response.body.isEmpty)
    #expect(response.head["content-type"] == nil)
    #expect(Self.isRequestID(response.head["x-request-id"] ?? ""))
  }

  @Test("gzip when it is asked for, and only then")
  func gzip() async throws {
    let wire = try Wire()
    for body in [Self.good, "{}"] {
      let asked = try await wire.post(body, gzip: true)
      #expect(asked.head["content-encoding"] == "gzip")
      #expect(try Reply.read(asked).model != nil || asked.status == 400)
      #expect(try await wire.post(body).head["content-encoding"] == nil)
    }
    let refused = [HTTPHeader("Accept-Encoding", "br, gzip;q=0")]
    #expect(try await wire.post("{}", headers: refused).head["content-encoding"] == nil)
    #expect(try await wire.post(Self.stream, gzip: true).head["content-encoding"] == nil)
  }

  @Test("5. the head of a stream comes with its first picture")
  func lateHead() async throws {
    let wire = try Wire(SandboxOptions(delay: .milliseconds(120)))
    let head = try await wire.post(Self.stream).head
    #expect((Int(head["x-envoy-upstream-service-time"] ?? "") ?? 0) >= 120)
  }
}
