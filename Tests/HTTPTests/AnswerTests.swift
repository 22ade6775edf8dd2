import HTTP
import TestSupport
import Testing

/// Servers that do not keep to the protocol, and how far a redirect leads.
@Suite struct AnswerTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  private func answering(_ text: String) throws -> RawServer {
    try RawServer { connection in
      connection.readHead()
      connection.send(text)
    }
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nfour",
  ])
  func endingEarlyIsCut(answer: String) async throws {
    let raw = try answering(answer)
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(HTTPRequest(url: raw.url))
    }
    #expect(error?.code == .cut)
    #expect(error?.requestMayHaveBeenSent == true)
  }

  @Test(arguments: [
    "220 smtp.example.org ESMTP\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
  ])
  func otherProtocolsAreNotUnderstood(answer: String) async throws {
    let raw = try answering(answer)
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(HTTPRequest(url: raw.url))
    }
    #expect(error?.code == .invalidReply)
  }

  @Test func headersAreBounded() async throws {
    let many = (0..<300).map { "X-\($0): y\r\n" }.joined()
    let long = "X: " + String(repeating: "y", count: 70_000) + "\r\n"
    for headers in [many, long] {
      let raw = try answering("HTTP/1.1 200 OK\r\n\(headers)Content-Length: 0\r\n\r\n")
      let error = await failure { () async throws(HTTPError) in
        try await client.fetch(HTTPRequest(url: raw.url))
      }
      #expect(error?.code == .tooLarge)
    }
  }

  @Test func interimAnswersAndTrailersAreLeftOut() async throws {
    let raw = try answering(
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nX-A: b\r\n\tand c\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
        + "4\r\nfour\r\n0\r\nX-T: late\r\n\r\n")
    let answer = try await client.fetch(HTTPRequest(url: raw.url))
    #expect(answer.status == 200)
    #expect(answer.head["Link"] == nil)
    #expect(answer.head["X-A"] == "b and c")
    #expect(answer.head["X-T"] == nil)
    #expect(answer.body == Array("four".utf8))
  }

  @Test func redirectsAreFollowedWithoutTheKey() async throws {
    let (other, otherURL) = try serve { request in
      .text(200, request.header("Authorization") ?? "no key")
    }
    defer { other.stop() }
    let (server, url) = try serve { request in
      switch request.path {
      case "/away":
        HTTPReply(status: 302, headers: [HTTPHeader("Location", otherURL + "/there")])
      case "/here": HTTPReply(status: 302, headers: [HTTPHeader("Location", "/end")])
      default: .text(200, request.header("Authorization") ?? "no key")
      }
    }
    defer { server.stop() }
    func body(_ path: String) async throws -> String {
      let answer = try await client.fetch(
        HTTPRequest(
          url: url + path, headers: [HTTPHeader("Authorization", "Bearer key")],
          maximumRedirects: 3))
      return String(decoding: answer.body, as: UTF8.self)
    }
    #expect(try await body("/here") == "Bearer key\n")
    #expect(try await body("/away") == "no key\n")
  }

  @Test func redirectsAreCountedAndStayOnTheWeb() async throws {
    let (server, url) = try serve { request in
      HTTPReply(
        status: 301,
        headers: [HTTPHeader("Location", request.path == "/file" ? "file:///etc/passwd" : "/again")]
      )
    }
    defer { server.stop() }
    func code(_ path: String, redirects: Int) async -> HTTPError.Code? {
      await failure { () async throws(HTTPError) in
        try await client.fetch(HTTPRequest(url: url + path, maximumRedirects: redirects))
      }?.code
    }
    #expect(await code("/", redirects: 2) == .tooManyRedirects)
    #expect(await code("/file", redirects: 2) == .invalidReply)
    let plain = try await client.fetch(HTTPRequest(url: url))
    #expect(plain.status == 301)
  }

  @Test func aPostIsNeverRedirected() async throws {
    let (server, url) = try serve { _ in
      HTTPReply(status: 307, headers: [HTTPHeader("Location", "/again")])
    }
    defer { server.stop() }
    let answer = try await client.fetch(
      HTTPRequest(method: "POST", url: url, body: .text("pay"), maximumRedirects: 5))
    #expect(answer.status == 307)
  }
}
