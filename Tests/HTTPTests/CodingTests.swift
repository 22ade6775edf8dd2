import FoundationEssentials
import TestSupport
import Testing

@testable import HTTP

/// Bodies in content codings, asked for or not, over real connections.
@Suite("Content codings") struct CodingTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "test") }

  /// As gzip packs it, without what gzip puts around it.
  static let raw = Array((Gzip.compress(text) ?? []).dropFirst(10).dropLast(8))
  static let text = Array(
    ("{\"data\":["
      + (0..<40).map { "{\"url\":\"https://example.com/\($0 * 7919).jpeg\"}" }.joined(
        separator: ",")
      + "]}").utf8)
  static let zlib: [UInt8] = {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in text {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    let sum = [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
    return [0x78, 0x9C] + raw + sum
  }()
  static func gzip(_ bytes: [UInt8]) -> [UInt8] { Gzip.compress(bytes) ?? [] }
  static func base64(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }
  static let brotli = base64(
    "G4cGACwK7Baba3hCTU10VGJ3K2N8KXK2ly9wdZ7q+S1FTbnBkccBRR5m0XO1pUaQO6MYHw+btyR+8AQjLAsDC9yG7BDxFnoi"
      + "ypWF7OsLzxfX7sv9nreEcfA6RfMMn05MxXHh54frmjfGsr0Sf8n0gEG46PAFU66HN8B+N3bM/e+4nJ0/s679lC+9dM9+uE83"
      + "/j9bzxLnRyjeGX9uGlfn+LoOHeRERGe/4Yozvt6rWzvnH2L8l/s9wbef55arGTUOlKTcLdID")
  static let zstandard = base64(
    "KLUv/WCIBVUGANLOJhaAzwHsOXe94dDoDPqnzE1JSQjmiKxoV4Hrnvl3qnf668fODbvb5ncqNr9Vfl/ea25Fbp/amIquuO98"
      + "yf3d+O5bMd0xt/+ztXN1bHucy7mabXWvW7K3t+aHvZ+Hnsf/h+33+NiJnazaVJd5kXv5+Vs31ObWdHXGx2/gYkoCMcEJznME"
      + "SQM5RpUIwiBB07SwgTURxSxiYMZkIMwKKKgRjIO7/xngNQcRzBD8f0NY6geoAwRDK5OrcSiKapej1Ue1ZuKvFGAU7Co="
  )
  /// `{"data":[]}`, too short to be told from other bytes by its look.
  static let shortBrotli = base64("CwWAeyJkYXRhIjpbXX0D")

  /// In Amazon's frames of some length.
  static func framed(_ bytes: [UInt8], _ length: Int, signature: String = "") -> [UInt8] {
    var framed: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: length) {
      let piece = bytes[start..<min(start + length, bytes.count)]
      framed += Array("\(String(piece.count, radix: 16))\(signature)\r\n".utf8)
      framed += piece + [0x0D, 0x0A]
    }
    return framed + Array("0\(signature)\r\n\r\n".utf8)
  }
  static func signed(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    framed(bytes, length, signature: ";chunk-signature=" + String(repeating: "a", count: 64))
  }

  /// A body as it is on the wire, and what is to come of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var labels: [String]
    var wire: [UInt8]
    var body = text
    var testDescription: String { "\(labels), \(wire.count) bytes" }
  }

  static let whole: [Case] = [
    Case(labels: ["gzip"], wire: gzip(text)), Case(labels: ["x-gzip"], wire: gzip(text)),
    Case(labels: ["GZip"], wire: gzip(text)), Case(labels: ["deflate"], wire: zlib),
    Case(labels: ["deflate"], wire: raw), Case(labels: ["br"], wire: brotli),
    Case(labels: ["BR"], wire: shortBrotli, body: Array("{\"data\":[]}".utf8)),
    Case(labels: ["zstd"], wire: zstandard),
    // One on the other, in one header and in several.
    Case(labels: ["gzip, gzip"], wire: gzip(gzip(text))),
    Case(labels: ["deflate", "gzip"], wire: gzip(zlib)),
    Case(labels: ["br, identity ,gzip,"], wire: gzip(brotli)),
    // Several members, and zeros behind the last.
    Case(
      labels: ["gzip"],
      wire: gzip(Array(text[..<100])) + gzip(Array(text[100...])) + [0, 0, 0, 0]),
    // Labels of nothing that was done.
    Case(labels: ["identity"], wire: text), Case(labels: ["utf-8"], wire: text),
    Case(labels: ["aws-chunked"], wire: text), Case(labels: ["gzip"], wire: text),
    Case(labels: ["br"], wire: text), Case(labels: ["deflate"], wire: text),
    Case(labels: ["zstd"], wire: text), Case(labels: [""], wire: text),
    Case(labels: ["gzip, gzip"], wire: gzip(text)), Case(labels: ["gzip"], wire: [], body: []),
    Case(labels: ["br"], wire: png, body: png), Case(labels: ["gzip"], wire: png, body: png),
    // Wrong labels, and none.
    Case(labels: ["utf-8"], wire: gzip(text)), Case(labels: ["deflate"], wire: gzip(text)),
    Case(labels: ["br"], wire: gzip(text)), Case(labels: ["gzip"], wire: zlib),
    Case(labels: ["gzip"], wire: raw), Case(labels: [], wire: gzip(text)),
    Case(labels: [], wire: gzip(gzip(text))), Case(labels: [], wire: zstandard),
    Case(labels: ["utf-8, gzip"], wire: gzip(text)),
    // Amazon's frames, with and without signatures, and none.
    Case(labels: ["aws-chunked"], wire: signed(text, 100), body: text),
    Case(labels: ["aws-chunked,gzip"], wire: gzip(signed(text, 7)), body: text),
    Case(labels: ["gzip,aws-chunked"], wire: signed(gzip(text), 64), body: text),
    Case(labels: ["aws-chunked"], wire: framed(png, 9), body: png),
    Case(labels: ["aws-chunked"], wire: png, body: png),
    Case(
      labels: ["aws-chunked"], wire: Array("ab\r\nno frames".utf8),
      body: Array("ab\r\nno frames".utf8)),
    // What nobody understands is kept.
    Case(labels: ["br"], wire: noise, body: noise), Case(labels: ["exi"], wire: noise, body: noise),
    Case(labels: ["deflate"], wire: noise, body: noise),
    Case(labels: ["gzip"], wire: [0x1F, 0x8B, 0x08, 0xFF, 1], body: [0x1F, 0x8B, 0x08, 0xFF, 1]),
  ]
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + noise
  static let noise: [UInt8] = {
    var state: UInt32 = 99
    return (0..<3000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }()

  private func serve(_ item: Case, cut: Bool = false) throws -> RawServer {
    try RawServer { connection in
      connection.readHead()
      let labels = item.labels.map { "Content-Encoding: \($0)\r\n" }.joined()
      connection.send("HTTP/1.1 200 OK\r\n\(labels)")
      connection.send("Content-Length: \(item.wire.count + (cut ? 10 : 0))\r\n\r\n")
      connection.send(item.wire)
    }
  }

  @Test("are undone, whatever they are called", arguments: whole)
  func undone(item: Case) async throws {
    let server = try serve(item)
    let response = try await client.fetch(HTTPRequest(url: server.url))
    #expect(response.body == item.body)
    let incoming = try await client.open(HTTPRequest(url: server.url))
    var body: [UInt8] = []
    while let piece = try await incoming.next() { body += piece }
    #expect(body == item.body)
    #expect(incoming.length == nil || incoming.length == item.body.count)
  }

  @Test("do not depend on where the pieces end", arguments: whole)
  func pieces(item: Case) {
    let codings = HTTPResponseHead(
      status: 200, headers: item.labels.map { HTTPHeader("Content-Encoding", $0) }
    ).contentCodings
    for length in [1, 2, 7] {
      let decoder = ContentDecoder(codings)
      var body: [UInt8] = []
      for start in stride(from: 0, to: item.wire.count, by: length) {
        decoder.add(Array(item.wire[start..<min(start + length, item.wire.count)]))
        while let piece = decoder.next() { body += piece }
      }
      decoder.end()
      while let piece = decoder.next() { body += piece }
      #expect(body == item.body, "pieces of \(length)")
      #expect(decoder.isWhole)
    }
  }

  @Test(
    "that break off leave what came out",
    arguments: [
      Case(labels: ["gzip"], wire: Array(gzip(text).dropLast(40))),
      Case(labels: ["gzip"], wire: Array(gzip(text).dropLast(8)) + [1, 2, 3, 4, 5, 6, 7, 8]),
      Case(labels: ["deflate"], wire: Array(zlib.dropLast(30))),
      Case(labels: [], wire: Array(gzip(text).dropLast(40))),
    ])
  func brokenOff(item: Case) async throws {
    for cut in [false, true] {
      let server = try serve(item, cut: cut)
      let received = Collected<UInt8>()
      let error = await failure { () async throws(HTTPError) in
        try await client.stream(HTTPRequest(url: server.url)) { received.append(contentsOf: $0) }
      }
      #expect(error?.code == .cut)
      #expect(received.all.count > 100)
      #expect(Self.text.starts(with: received.all))
    }
  }

  @Test("of frames that end in the middle leave the rest as it is")
  func brokenFrames() {
    let wire = Self.signed(Self.text, Self.text.count).dropLast(88) + Self.png
    let undone = ContentDecoder.undo(["aws-chunked"], of: Array(wire), limit: 1 << 20)
    #expect(undone?.bytes == Self.text + Self.png)
  }

  @Test("are kept where that is asked for, and gzip is offered where that is")
  func kept() async throws {
    let item = Case(labels: ["gzip"], wire: Self.gzip(Self.text))
    let server = try serve(item)
    let response = try await client.fetch(HTTPRequest(url: server.url, keepsCodings: true))
    #expect(response.body == item.wire)
    #expect(response.head.contentCodings == ["gzip"])
    _ = try await client.fetch(HTTPRequest(url: server.url, acceptsCompression: true))
    #expect(server.heads.all.map { $0.contains("Accept-Encoding: gzip\r\n") } == [false, true])
  }

  @Test("that would become very much are taken up to the limit only")
  func bomb() async throws {
    let zeros = [UInt8](repeating: 0, count: 40 << 20)
    let twice = Self.gzip(Self.gzip(zeros))
    let server = try serve(Case(labels: ["gzip", "gzip"], wire: twice))
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(HTTPRequest(url: server.url), limit: 1 << 20)
    }
    #expect(error?.code == .tooLarge)
    #expect(ContentDecoder.undo(["gzip", "gzip"], of: twice, limit: 1 << 20) == nil)
    // Without a limit, what a few bytes become ends too.
    let huge = ContentDecoder(["gzip", "gzip"])
    huge.add(Self.gzip(Self.gzip([UInt8](repeating: 0, count: 400 << 20))))
    huge.end()
    var count = 0
    while let piece = huge.next() { count += piece.count }
    #expect(huge.isBomb)
    #expect(!huge.isWhole)
    #expect(count < 100 << 20)
  }
}
