import HTTP
import Testing

@Suite("The gzip content coding")
struct GzipTests {
  @Test("libcurl reads what was compressed", arguments: [0, 1, 5_000, 3_000_000])
  func roundTrip(count: Int) async throws {
    var state: UInt32 = 7
    // Half of it repeats, half does not.
    let bytes = (0..<count).map { place -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return place % 1000 < 500 ? UInt8(place % 10) : UInt8(state >> 24)
    }
    let compressed = try #require(Gzip.compress(bytes))
    #expect(compressed.starts(with: [0x1F, 0x8B]))
    if count > 1 { #expect(compressed.count < count) }
    let server = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { _ in
      HTTPReply(headers: [HTTPHeader("Content-Encoding", "gzip")], body: .bytes(compressed))
    }
    let client = try HTTPClient(userAgent: "test")
    let response = try await client.fetch(
      HTTPRequest(url: "http://127.0.0.1:\(server.port)/", acceptsCompression: true),
      limit: 8 << 20)
    #expect(response.body == bytes)
  }

  @Test(
    "who takes it",
    arguments: [
      ("gzip", true), ("deflate, GZIP;q=0.5", true), ("*", true), ("gzip ; q=1.0", true),
      ("x-gzip", true), (nil, false), ("", false), ("deflate, br", false), ("gzip;q=0", false),
      ("gzip; q=0.000", false), ("gzipped", false),
    ] as [(String?, Bool)])
  func accepted(value: String?, expected: Bool) {
    #expect(Gzip.isAccepted(by: value) == expected)
  }
}
