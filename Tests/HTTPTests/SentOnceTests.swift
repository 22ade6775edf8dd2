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

  private func post(_ raw: RawServer, _ number: Int) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: "\(raw.url)/\(number)", body: .text("a body"), sharesConnections: true)
  }

  /// The server closes before it reads anything of the second request, or after part of it, or after all.
  @Test(arguments: 0...2)
  func aPostOnASharedConnectionIsReceivedOnce(_ depth: Int) async throws {
    let received = Collected<String>()
    let raw = try RawServer { connection in
      if let (head, _) = connection.readRequest() { received.append(String(head.prefix(7))) }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      switch depth {
      case 1: connection.readHead()
      case 2:
        if let (head, _) = connection.readRequest() { received.append(String(head.prefix(7))) }
      default: break
      }
    }
    #expect(try await client.fetch(post(raw, 1)).status == 200)
    let second = await sent(post(raw, 2))
    let times = received.all.count { $0 == "POST /2" }
    #expect(times <= 1)
    if second == nil {
      // A new connection took it.
      #expect(times == 1)
    } else {
      #expect(second?.0 == .cut)
      #expect(second?.1 == true)
    }
    if depth == 2 { #expect(second != nil) }
  }

  @Test func postsThatShareAConnectionNeedOne() async throws {
    let connections = Collected<Int>()
    let raw = try RawServer { connection in
      connections.append(connection.number)
      while connection.readRequest() != nil {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
      }
    }
    for number in 1...5 { #expect(try await client.fetch(post(raw, number)).status == 200) }
    #expect(connections.all.count == 1)
    #expect(raw.heads.all.count == 5)
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
    let nobody = try TemporaryDirectory()
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
