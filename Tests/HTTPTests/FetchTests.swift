import HTTP
import Synchronization
import TestSupport
import Testing

@Suite struct FetchTests {
  /// Short bodies leave with the head, long ones piece by piece.
  @Test(arguments: ["POST", "PUT", "DELETE"], [0, 1, 16 << 10, (16 << 10) + 1])
  func aBodyArrivesAsItIs(method: String, length: Int) async throws {
    let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let seen = Collected<HTTPServerRequest>()
    let (server, url) = try serve { request in
      seen.append(request)
      return .text(200, "")
    }
    defer { server.stop() }
    let client = try HTTPClient(userAgent: "darkroom-tests/1")
    let answer = try await client.fetch(
      HTTPRequest(method: method, url: url, body: .bytes(body)))
    #expect(answer.status == 200)
    #expect(seen.all.map(\.method) == [method])
    #expect(seen.all.first?.body == body)
    #expect(seen.all.first?.header("Content-Length") == "\(length)")
    // Nobody has said what it is.
    #expect(seen.all.first?.header("Content-Type") == nil)
  }

  /// More than the client's thread is told of at once, all answered in the same moment.
  @Test func manyAnswersAtOnceFindTheirRequests() async throws {
    let count = 200
    let arrived = Atomic<Int>(0)
    let all = Gate()
    let (server, url) = try serve { request in
      if arrived.add(1, ordering: .sequentiallyConsistent).newValue == count { all.open() }
      await all.wait()
      return .text(200, request.path)
    }
    defer { server.stop() }
    let client = try HTTPClient(userAgent: "darkroom-tests/1")
    let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<count {
        group.addTask {
          let answer = try await client.fetch(
            HTTPRequest(method: "POST", url: "\(url)/\(number)", body: .text("x")))
          return answer.body == Array("/\(number)\n".utf8)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: true, count: count))
  }

  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func returnsStatusHeadersAndBody() async throws {
    let (server, url) = try serve { request in
      HTTPReply(
        status: 404, headers: [HTTPHeader("X-Path", request.path), HTTPHeader("X-Two", "b")],
        body: .bytes(Array("nothing here".utf8)))
    }
    defer { server.stop() }
    let answer = try await client.fetch(HTTPRequest(url: url + "/a%20b?c=d"))
    #expect(answer.status == 404)
    #expect(answer.head["x-path"] == "/a b")
    #expect(answer.head["X-TWO"] == "b")
    #expect(answer.head["Date"] != nil)
    #expect(answer.body == Array("nothing here".utf8))
  }

  @Test func sendsMethodHeadersAndBody() async throws {
    let (server, url) = try serve { request in
      HTTPReply(
        headers: [
          HTTPHeader("X-Method", request.method),
          HTTPHeader("X-Agent", request.header("user-agent") ?? ""),
          HTTPHeader("X-Key", request.header("AUTHORIZATION") ?? ""),
          HTTPHeader("X-Empty", request.header("X-Nothing").map { "[\($0)]" } ?? "missing"),
          HTTPHeader("X-Expect", request.header("Expect") ?? "none"),
        ], body: .bytes(request.body.reversed()))
    }
    defer { server.stop() }
    let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
      let answer = try await client.fetch(
        HTTPRequest(
          method: method, url: url,
          headers: [HTTPHeader("Authorization", "Bearer key"), HTTPHeader("X-Nothing", "")],
          body: .bytes(body)))
      #expect(answer.head["X-Method"] == method)
      #expect(answer.head["X-Agent"] == "darkroom-tests/1")
      #expect(answer.head["X-Key"] == "Bearer key")
      #expect(answer.head["X-Empty"] == "[]")
      #expect(answer.head["X-Expect"] == "none")
      #expect(answer.body == body.reversed())
    }
  }

  @Test func anAddressThatIsNotAdmittedIsSentNothing() async throws {
    let asked = Collected<String>()
    let inside = try HTTPServer(on: .tcp(host: "127.0.0.2", port: 0)) { request in
      asked.append(contentsOf: [request.path])
      return .text(200, "secret")
    }
    defer { inside.stop() }
    let address = "http://127.0.0.2:\(inside.port)/metadata"
    let (server, url) = try serve { _ in
      HTTPReply(status: 302, headers: [HTTPHeader("Location", address)])
    }
    defer { server.stop() }
    for start in [url, address] {
      let error = await failure { () async throws(HTTPError) in
        try await client.fetch(
          HTTPRequest(url: start, maximumRedirects: 3, admitsPeer: { $0 != "127.0.0.2" }))
      }
      #expect(error?.code == .refusedPeer)
      #expect(error?.message.contains("127.0.0.2") == true)
    }
    #expect(asked.all.isEmpty)
    let answer = try await client.fetch(
      HTTPRequest(url: url, maximumRedirects: 3, admitsPeer: { _ in true }))
    #expect(answer.status == 200)
    #expect(asked.all == ["/metadata"])
  }

  @Test func postWithoutBodyAnnouncesNone() async throws {
    let (server, url) = try serve { request in
      .text(200, request.header("Content-Length") ?? "missing")
    }
    defer { server.stop() }
    let answer = try await client.fetch(HTTPRequest(method: "POST", url: url))
    #expect(String(decoding: answer.body, as: UTF8.self) == "0\n")
  }

  @Test func headHasTheHeadersOnly() async throws {
    let (server, url) = try serve { _ in HTTPReply(body: .bytes([UInt8](repeating: 1, count: 77))) }
    defer { server.stop() }
    let answer = try await client.fetch(HTTPRequest(method: "HEAD", url: url))
    #expect(answer.head["Content-Length"] == "77")
    #expect(answer.body.isEmpty)
  }

  @Test func manyAtOnceAllArrive() async throws {
    let (server, url) = try serve { request in .text(200, request.parameter("n") ?? "") }
    defer { server.stop() }
    let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for number in 0..<50 {
        group.addTask { try await client.fetch(HTTPRequest(url: "\(url)/?n=\(number)")).body }
      }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(bodies == Set((0..<50).map { Array("\($0)\n".utf8) }))
  }

  @Test func bodyLargerThanTheLimitIsRefused() async throws {
    let (server, url) = try serve { request in
      let bytes = [UInt8](repeating: 7, count: 1001)
      guard request.path == "/stream" else { return HTTPReply(body: .bytes(bytes)) }
      return HTTPReply(body: .stream { writer in try? await writer.write(bytes) })
    }
    defer { server.stop() }
    for path in ["/announced", "/stream"] {
      let error = await failure { () async throws(HTTPError) in
        try await client.fetch(HTTPRequest(url: url + path), limit: 1000)
      }
      #expect(error?.code == .tooLarge)
      let whole = try await client.fetch(HTTPRequest(url: url + path), limit: 1001)
      #expect(whole.body.count == 1001)
    }
  }

  @Test func whatCannotBeSentIsRefusedBeforeConnecting() async throws {
    let bad: [(HTTPRequest, HTTPError.Code)] = [
      (HTTPRequest(url: "not an address"), .invalidURL),
      (HTTPRequest(url: "file:///etc/passwd"), .invalidURL),
      (HTTPRequest(url: "ftp://127.0.0.1/x"), .invalidURL),
      (HTTPRequest(url: "http://127.0.0.1/\0"), .invalidURL),
      (HTTPRequest(method: "GET /", url: "http://127.0.0.1/"), .invalidRequest),
      (
        HTTPRequest(url: "http://127.0.0.1/", headers: [HTTPHeader("A", "b\r\nC: d")]),
        .invalidRequest
      ),
      (HTTPRequest(url: "http://127.0.0.1/", headers: [HTTPHeader("A b", "c")]), .invalidRequest),
    ]
    for (request, code) in bad {
      let error = await failure { () async throws(HTTPError) in try await client.fetch(request) }
      #expect(error?.code == code)
      #expect(error?.requestMayHaveBeenSent == false)
    }
  }

  @Test func errorsShowNoCredentialsAndNoQuery() async throws {
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(
        HTTPRequest(url: "http://user:secret@127.0.0.1:1/path?key=secret#secret"))
    }
    #expect(error?.context == "http://127.0.0.1:1/path")
    #expect(error?.description.contains("secret") == false)
  }
}
