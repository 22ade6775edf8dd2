import HTTP
import TestSupport
import Testing

/// Whether a request may have reached the server, and that it does so at most once.
@Suite struct SentOnceTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  private func sent(_ request: HTTPRequest) async -> (HTTPError.Code, Bool)? {
    await failure { () async throws(HTTPError) in try await client.fetch(request) }
      .map { ($0.code, $0.requestMayHaveBeenSent) }
  }

  /// Answers the first request of a connection, and hangs up on the second once it has read it.
  private func serverThatHangsUpOnTheSecond() throws -> RawServer {
    try RawServer { connection in
      connection.readHead()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      connection.readHead()
    }
  }

  @Test func aPostIsNotRepeatedOnADeadConnection() async throws {
    let raw = try serverThatHangsUpOnTheSecond()
    #expect(try await client.fetch(HTTPRequest(url: raw.url)).status == 200)
    for number in 1...3 {
      let answer = try await client.fetch(
        HTTPRequest(method: "POST", url: "\(raw.url)/\(number)", body: .text("")))
      #expect(answer.status == 200)
    }
    let posts = raw.heads.all.filter { $0.hasPrefix("POST") }
    #expect(posts.map { $0.prefix(7) } == ["POST /1", "POST /2", "POST /3"])
  }

  @Test func aPostThatDiesIsReportedAndNotRepeated() async throws {
    let raw = try RawServer { connection in
      let head = connection.readHead()
      guard head?.hasPrefix("GET") == true else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      connection.readHead()
    }
    #expect(try await client.fetch(HTTPRequest(url: raw.url)).status == 200)
    let result = await sent(HTTPRequest(method: "POST", url: raw.url, body: .text("")))
    #expect(result?.0 == .cut)
    #expect(result?.1 == true)
    #expect(raw.heads.all.filter { $0.hasPrefix("POST") }.count == 1)
  }

  @Test func aGetIsRepeatedOnADeadConnection() async throws {
    // The counterpart: without it, the tests above would hold for a client that reuses nothing.
    let raw = try serverThatHangsUpOnTheSecond()
    for _ in 1...2 {
      #expect(try await client.fetch(HTTPRequest(url: raw.url)).status == 200)
    }
    #expect(raw.heads.all.count == 3)
  }

  @Test func neverSent() async throws {
    let nobody = try ScratchDirectory()
    let plain = try RawServer { connection in
      connection.send("this is not TLS\r\n")
      connection.readToEnd()
    }
    let cases: [(HTTPRequest, HTTPError.Code)] = [
      // A resolver that is not there may be waited for longer than a connection.
      (
        HTTPRequest(
          method: "POST", url: "http://nobody.invalid/", limits: HTTPLimits(connect: nil)),
        .couldNotResolve
      ),
      (HTTPRequest(method: "POST", url: "http://127.0.0.1:1/"), .couldNotConnect),
      (
        HTTPRequest(method: "POST", url: "http://localhost/", unixSocket: nobody.path + "/none"),
        .couldNotConnect
      ),
      (HTTPRequest(method: "POST", url: "https://127.0.0.1:\(plain.port)/"), .tls),
    ]
    for (request, code) in cases {
      let result = await sent(request)
      #expect(result?.0 == code)
      #expect(result?.1 == false)
    }
  }
}
