import Glibc
import TestSupport
import Testing

@testable import HTTP

/// What RFC 9112 has a server do with bytes that are no proper request, tried with the bytes.
///
/// A row for each MUST of sections 2 to 7 that meets an origin server: what it is about, the bytes, and the status
/// of the only reply; nothing reaches the handler, and the connection ends.
@Suite("Framing", .ownThread) struct FramingTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var section: String
    var bytes: String
    var status: Int
    var testDescription: String { "\(section): \(bytes.prefix(50).debugDescription)" }

    init(_ section: String, _ bytes: String, _ status: Int = 400) {
      (self.section, self.bytes, self.status) = (section, bytes, status)
    }
  }

  private static let post = "POST /paid HTTP/1.1\r\nHost: x\r\n"
  private static let get = "GET / HTTP/1.1\r\nHost: x\r\n"

  static let refused: [Row] = [
    // 2.2: no white space before the first header, no bare CR, no NUL; a line ends with CR LF.
    Row("2.2 space before the first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
    Row("2.2 bare CR in a value", get + "X-A: b\rContent-Length: 5\r\n\r\n"),
    Row("2.2 NUL in a value", get + "X-A: b\0c\r\n\r\n"),
    Row("2.2 NUL at the end of a value", get + "X-A: b\0\r\n\r\n"),
    Row("2.2 NUL in a name", get + "X\0A: b\r\n\r\n"),
    Row("2.2 bare LF", "POST /paid HTTP/1.1\nHost: x\nContent-Length: 2\n\nab"),
    Row("2.2 bare LF after a field", get + "X-A: b\nContent-Length: 0\r\n\r\n"),
    Row("2.2 other control characters", get + "X-A: b\u{1}c\r\n\r\n"),
    // 2.3: versions.
    Row("2.3 a later major version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    Row("2.3 the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    Row("2.3 no version", "GET /\r\n\r\n"), Row("2.3 no HTTP", "GET / HTTQ/1.1\r\nHost: x\r\n\r\n"),
    Row("2.3 an old version", "GET / HTTP/0.9\r\n\r\n", 505),
    Row("2.3 the letters in small", "GET / http/1.1\r\nHost: x\r\n\r\n"),
    // 3: the request line.
    Row("3 two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3 a space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3 a space at the end", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"),
    Row("3.1 a method that is no token", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row(
      "3 a target that is too long",
      "GET /" + String(repeating: "a", count: 100_000)
        + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    Row("3.2 no form of a target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3.2.2 absolute, of another scheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3.2.2 absolute, with a user", "GET http://a@x/ HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3.2.2 absolute, without a host", "GET http:/// HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3.2.3 authority", "CONNECT x:22 HTTP/1.1\r\nHost: x\r\n\r\n"),
    Row("3.2.4 asterisk, not of OPTIONS", "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
    // 3.2: Host.
    Row("3.2 no Host", "GET / HTTP/1.1\r\n\r\n"),
    Row("3.2 two Hosts", get + "Host: y\r\n\r\n"),
    Row("3.2 one Host twice", get + "host: x\r\n\r\n"),
    Row("3.2 an invalid Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    Row("3.2 a Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"),
    Row("3.2 a Host with a user", "GET / HTTP/1.1\r\nHost: a@x\r\n\r\n"),
    Row("3.2 a Host with a bad port", "GET / HTTP/1.1\r\nHost: x:y\r\n\r\n"),
    // 5: fields.
    Row("5.1 a space before the colon", post + "Content-Length : 5\r\n\r\nhello"),
    Row("5.1 a tab before the colon", post + "Content-Length\t: 5\r\n\r\nhello"),
    Row("5 no colon", get + "Garbage\r\n\r\n"), Row("5 no name", get + ": b\r\n\r\n"),
    Row("5.2 a folded line", get + "X-A: b\r\n c\r\n\r\n"),
    Row("5.2 a folded coding", post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    Row(
      "5 a head that is too long",
      get + "X-A: " + String(repeating: "a", count: 200_000) + "\r\n\r\n",
      431),
    // 6.1: Transfer-Encoding.
    Row(
      "6.1 beside a length",
      post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Row(
      "6.1 before a length",
      post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    Row("6.1 in HTTP/1.0", "POST /paid HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Row("6.1 unknown", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
    Row("6.1 identity", post + "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n", 501),
    Row("6.1 known, not ours", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    Row("6.1 chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
    Row(
      "6.1 chunked in two fields",
      post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    Row("6.1 a vertical tab", post + "Transfer-Encoding:\u{b}chunked\r\n\r\n0\r\n\r\n"),
    // 6.3: the length of a body.
    Row("6.3 chunked is not last", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
    Row("6.3 no chunked at all", post + "Transfer-Encoding: gzip\r\n\r\nhello"),
    Row("6.3 lengths that differ", post + "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello"),
    Row("6.3 the other way round", post + "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello"),
    Row("6.3 a length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    Row("6.3 a list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello"),
    Row("6.3 a sign", post + "Content-Length: +5\r\n\r\nhello"),
    Row("6.3 a negative length", post + "Content-Length: -1\r\n\r\nhello"),
    Row("6.3 a hexadecimal length", post + "Content-Length: 0x5\r\n\r\nhello"),
    Row("6.3 an empty length", post + "Content-Length: \r\n\r\nhello"),
    Row("3.2 a space in the query", "GET /?a=b c HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    Row("3.2 a tab in the query", "GET /?a=b\tc HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    Row(
      "6.3 the largest length of all", post + "Content-Length: 18446744073709551615\r\n\r\n", 413),
    Row("6.3 a length beyond all", post + "Content-Length: 99999999999999999999999\r\n\r\n", 413),
    // 7.1: chunks.
    Row("7.1 a size that is none", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
    Row("7.1 a negative size", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nhello"),
    Row("7.1 0x", post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"),
    Row(
      "7.1 a space after the size",
      post + "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n"),
    Row(
      "7.1 a chunk without its end",
      post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n"),
    Row(
      "7.1.1 an extension without end",
      post + "Transfer-Encoding: chunked\r\n\r\n5;" + String(repeating: "a", count: 60_000)
        + "\r\nhello\r\n0\r\n\r\n", 413),
    Row(
      "7.1 a size beyond all",
      post + "Transfer-Encoding: chunked\r\n\r\n1" + String(repeating: "0", count: 17)
        + "\r\nhello", 413),
  ]

  private func ask(_ bytes: String) throws -> (answers: String, handled: [HTTPServerRequest]) {
    let handled = Collected<HTTPServerRequest>()
    let (server, _) = try serve { request in
      handled.append(request)
      return .text(200, request.path)
    }
    defer { server.stop() }
    let connection = try RawConnection(toPort: server.port)
    defer { connection.close() }
    connection.send(bytes)
    return (try rest(of: connection), handled.all)
  }

  @Test(
    "what is not proper is refused once, and the connection ends", .ownThread, arguments: refused)
  func refusals(row: Row) throws {
    // What follows in the same bytes is not looked at any more.
    let (answers, handled) = try ask(row.bytes + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(handled.map(\.path) == [])
    #expect(answers.hasPrefix("HTTP/1.1 \(row.status) "), "\(answers.prefix(300))")
    #expect(
      answers.ranges(of: "\r\nDate: ").count == 1, "\(answers)"
    )
    #expect(answers.contains("\r\nConnection: close\r\n"))
    #expect(answers.contains("\r\nDate: "))
  }

  /// Who has nothing more to say still reads (RFC 9112, section 9.6); who has left does not, and is noticed.
  @Test("a client that ends its side is answered", .ownThread, arguments: ["1.0", "1.1"])
  func halfClosed(version: String) throws {
    let hasEnded = Gate()
    let (server, _) = try serve { _ in
      await hasEnded.wait()
      return .text(200, "drawn")
    }
    defer { server.stop() }
    let connection = try RawConnection(toPort: server.port)
    defer { connection.close() }
    connection.send("POST /paid HTTP/\(version)\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
    connection.endSending()
    hasEnded.open()
    let answer = try rest(of: connection)
    #expect(answer.contains("HTTP/1.1 200 ") || answer.contains("HTTP/1.0 200 "), "\(answer)")
    #expect(answer.contains("\r\n\r\ndrawn"))
  }

  @Test("too long a body is refused before it comes", .ownThread)
  func announcedTooLong() throws {
    let (answers, handled) = try ask(Self.post + "Content-Length: 70000000\r\n\r\n")
    #expect(answers.hasPrefix("HTTP/1.1 413 "))
    #expect(answers.ranges(of: "\r\nDate: ").count == 1)
    #expect(answers.contains("\r\nConnection: close\r\n"))
    #expect(handled.isEmpty)
  }

  /// All that comes until the connection ends, which it must.
  private func rest(of connection: RawConnection) throws -> String {
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    unsafe setsockopt(
      connection.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var answers: [UInt8] = []
    while true {
      let piece = connection.read(upTo: 1 << 16)
      if piece.isEmpty { return String(decoding: answers, as: UTF8.self) }
      answers += piece
    }
  }

  static let taken: [Row] = [
    Row("2.2 an empty line before the request", "\r\n" + get + "Connection: close\r\n\r\n", 200),
    Row("2.3 a later minor version", "GET / HTTP/1.9\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
    Row("3.2 HTTP/1.0 without a Host", "GET / HTTP/1.0\r\n\r\n", 200),
    Row("3.2 an empty Host", "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 200),
    Row(
      "3.2 numbers of both kinds", "GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
      200),
    Row(
      "3.2.2 absolute",
      "GET http://b.example:8/p?q=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200),
    Row(
      "3.2.2 absolute, without a path",
      "GET HTTPS://b.example HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200),
    Row("3.2.4 asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
    Row(
      "5.1 spaces round a value", get + "X-A: \t b \t\r\nX-B:\r\nConnection: close \r\n\r\n", 200),
    Row(
      "6.1 chunked in any case",
      post + "Connection: close\r\nTransfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200),
    Row(
      "7.1.1 extensions are passed over",
      post
        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n",
      200),
    Row(
      "7.1.2 trailers are passed over",
      post
        + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nContent-Length: 9\r\nX-T: y\r\n\r\n",
      200),
    Row("6.3 a length", post + "Connection: close\r\nContent-Length: 5\r\n\r\nhello", 200),
  ]

  @Test("what is proper, if rare, is taken", .ownThread, arguments: taken)
  func taking(row: Row) throws {
    let (answers, handled) = try ask(row.bytes)
    #expect(answers.hasPrefix("HTTP/1."))
    #expect(answers.contains(" 200 "), "\(answers)")
    #expect(handled.count == 1)
    if row.bytes.contains("hello") { #expect(handled.first?.body == Array("hello".utf8)) }
    if row.bytes.contains("/p?q") {
      #expect(handled.first?.path == "/p")
      #expect(handled.first?.header("Host") == "b.example:8")
      #expect(handled.first?.parameter("q") == "1")
    }
    if row.bytes.contains("HTTPS://") { #expect(handled.first?.path == "/") }
    if row.bytes.contains("X-A") { #expect(handled.first?.header("X-A") == "b") }
  }

  @Test("requests behind one another are answered in order", .ownThread) func pipelined() throws {
    let (answers, handled) = try ask(
      "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
        + "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab"
        + "GET /3 HTTP/1.1\r\nHost: x\r\nX-A: \r\nConnection: close\r\n\r\n")
    #expect(handled.map(\.path) == ["/1", "/2", "/3"])
    #expect(answers.split(separator: "HTTP/1.1 200").count == 3)
  }
}
