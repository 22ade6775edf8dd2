import FoundationEssentials
import Glibc
import HTTP
import TestSupport
import Testing

@Suite struct ServerTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func pathAndQueryAreDecoded() async throws {
    let seen = Collected<HTTPServerRequest>()
    let (server, url) = try serve { request in
      seen.append(request)
      return .text(200, "")
    }
    defer { server.stop() }
    _ = try await client.fetch(
      HTTPRequest(url: url + "/%E7%81%AF/a+b%2Fc?q=%E9%9B%BE+fog%2B&flag&empty=&q=2"))
    let request = try #require(seen.all.first)
    #expect(request.path == "/灯/a+b/c")
    #expect(
      request.query == [
        HTTPHeader("q", "雾 fog+"), HTTPHeader("flag", ""), HTTPHeader("empty", ""),
        HTTPHeader("q", "2"),
      ])
    #expect(request.parameter("q") == "雾 fog+")
    #expect(request.header("host") == "127.0.0.1:\(server.port)")
    #expect(request.header("missing") == nil)
  }

  @Test(arguments: ["/a%00b", "/%ff", "/%zz", "/%e", "/?a=%00", "/?%c3=b"])
  func anImproperAddressNeverReachesTheHandler(path: String) async throws {
    let (server, url) = try serve { _ in .text(200, "") }
    defer { server.stop() }
    #expect(try await client.fetch(HTTPRequest(url: url + path)).status == 400)
  }

  @Test(arguments: [true, false])
  func aBodyOverTheLimitIsAnswered413(announced: Bool) async throws {
    let (server, url) = try serve(limits: HTTPServerLimits(maximumBodyBytes: 1_000_000)) {
      .text(200, "\($0.body.count)")
    }
    defer { server.stop() }
    func status(_ count: Int) async throws -> Int {
      let rest = Collected<UInt8>()
      let body: HTTPBody =
        announced
        ? .bytes([UInt8](repeating: 1, count: count))
        : .stream(length: nil) { limit in
          let piece = [UInt8](repeating: 1, count: min(limit, count - rest.all.count))
          rest.append(contentsOf: piece)
          return piece
        }
      return try await client.fetch(HTTPRequest(method: "POST", url: url, body: body)).status
    }
    #expect(try await status(1_000_000) == 200)
    #expect(try await status(1_000_001) == 413)
    #expect(try await status(3_000_000) == 413)
  }

  @Test func bodiesHaveRoomForSoMuchTogether() async throws {
    let inside = Gate()
    let go = Gate()
    let (server, url) = try serve(
      limits: HTTPServerLimits(maximumBodyBytes: 1_000_000, allBodiesBytes: 1_500_000)
    ) { request in
      if request.path == "/first" {
        inside.open()
        await go.wait()
      }
      return .text(200, "")
    }
    defer { server.stop() }
    func status(_ path: String) async throws -> Int {
      try await client.fetch(
        HTTPRequest(
          method: "POST", url: url + path, body: .bytes([UInt8](repeating: 1, count: 900_000)))
      ).status
    }
    async let first = status("/first")
    await inside.wait()
    #expect(try await status("/second") == 503)
    go.open()
    #expect(try await first == 200)
    await server.untilQuiet()
    #expect(try await status("/third") == 200)
  }

  @Test(arguments: [("/large", 413), ("/refused", 403)])
  func whoAsksBeforeSendingABodyIsRefusedAtOnce(_ path: String, _ status: Int) async throws {
    let (server, url) = try serve(
      limits: HTTPServerLimits(maximumBodyBytes: 1_000_000),
      screen: HTTPServerScreen(refusal: { $0.path == "/refused" ? .text(403, "no") : nil })
    ) { _ in .text(200, "") }
    defer { server.stop() }
    struct Unwanted: Error {}
    // Beyond what is read and forgotten.
    let body = HTTPBody.stream(length: 100_000_000) { _ in throw Unwanted() }
    let answer = try await client.fetch(
      HTTPRequest(
        method: "POST", url: url + path, headers: [HTTPHeader("Expect", "100-continue")],
        body: body))
    #expect(answer.status == status)
  }

  @Test func filesAreSentInPart() async throws {
    let directory = try ScratchDirectory()
    let file = try directory.write("picture", (0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
    let up = "\(directory.path.split(separator: "/").last ?? "")/picture"
    let link = directory.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: directory.path + "/way", withDestinationPath: directory.path)
    let way = directory.path + "/way/picture"
    let (server, url) = try serve { request in
      switch request.path {
      case "/part": HTTPReply(status: 206, body: .file(path: file, offset: 256, length: 100_000))
      case "/beyond": HTTPReply(body: .file(path: file, offset: 150_000, length: 100_000))
      case "/link": HTTPReply(body: .file(path: link, offset: 0, length: 1))
      case "/way": HTTPReply(body: .file(path: way, offset: 0, length: 1))
      case "/up": HTTPReply(body: .file(path: directory.path + "/../" + up, offset: 0, length: 1))
      case "/directory": HTTPReply(body: .file(path: directory.path, offset: 0, length: 0))
      default: HTTPReply(body: .file(path: file + "-none", offset: 0, length: 1))
      }
    }
    defer { server.stop() }
    let part = try await client.fetch(HTTPRequest(url: url + "/part"))
    #expect(part.status == 206)
    #expect(part.body == (256..<100_256).map { UInt8(truncatingIfNeeded: $0) })
    for path in ["/beyond", "/directory", "/none", "/link", "/way", "/up"] {
      #expect(try await client.fetch(HTTPRequest(url: url + path)).status == 500)
    }
  }

  @Test func aReplyThatCannotBeSentIsAnError() async throws {
    let (server, url) = try serve { request in
      HTTPReply(
        status: request.path == "/status" ? 42 : 200,
        headers: request.path == "/header" ? [HTTPHeader("X", "a\r\nSet-Cookie: b")] : [],
        body: .stream { writer in try? await writer.write("never") })
    }
    defer { server.stop() }
    for path in ["/status", "/header"] {
      let answer = try await client.fetch(HTTPRequest(url: url + path))
      #expect(answer.status == 500)
      #expect(answer.head["Set-Cookie"] == nil)
    }
  }

  @Test func aStreamIsNotRunForHead() async throws {
    let ran = Collected<String>()
    let (server, url) = try serve { request in
      HTTPReply(body: .stream { _ in ran.append(request.method) })
    }
    defer { server.stop() }
    // In turns, so that a reply to HEAD that is longer than its head would spoil the next one.
    for _ in 0..<20 {
      let head = try await client.fetch(HTTPRequest(method: "HEAD", url: url))
      #expect(head.status == 200)
      #expect(try await client.fetch(HTTPRequest(url: url)).status == 200)
    }
    #expect(ran.all == [String](repeating: "GET", count: 20))
  }

  @Test func cuttingBreaksTheReplyAfterWhatWasWritten() async throws {
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          try? await writer.write("half")
          writer.cut()
        })
    }
    defer { server.stop() }
    let received = Collected<UInt8>()
    let error = await failure { () async throws(HTTPError) in
      try await client.stream(HTTPRequest(url: url)) { received.append(contentsOf: $0) }
    }
    #expect(error?.code == .cut)
    #expect(received.all == Array("half".utf8))
  }

  @Test func aSlowHandlerHoldsNobodyUp() async throws {
    let release = Gate()
    let (server, url) = try serve { request in
      if request.path == "/slow" { await release.wait() }
      return .text(200, request.path)
    }
    defer { server.stop() }
    async let slow = client.fetch(HTTPRequest(url: url + "/slow"))
    for _ in 0..<20 {
      #expect(try await client.fetch(HTTPRequest(url: url + "/fast")).status == 200)
    }
    release.open()
    #expect(try await slow.body == Array("/slow\n".utf8))
  }

  @Test func aWriterCanBeCancelledByItsOwnTask() async throws {
    let full = Gate()
    let code = Collected<HTTPError.Code?>()
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          let task = Task {
            await failure { () async throws(HTTPError) in
              while true { try await writer.write([UInt8](repeating: 0, count: 1 << 20)) }
            }
          }
          await full.wait()
          task.cancel()
          code.append(await task.value?.code)
        })
    }
    defer { server.stop() }
    _ = try await client.stream(HTTPRequest(url: url), onHead: { _ in full.open() }) { _ in }
    #expect(code.all == [.cancelled])
  }
}
