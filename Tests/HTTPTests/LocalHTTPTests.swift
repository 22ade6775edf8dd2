import Posix
import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// The client for sockets of this machine, with our server and with one that has no manners.
@Suite(.timeLimit(.minutes(3))) struct LocalHTTPTests {
  private let directory: TemporaryDirectory
  private let socket: String
  private let client: LocalHTTPClient

  init() throws {
    directory = try TemporaryDirectory()
    socket = directory.path + "/s"
    client = LocalHTTPClient(socket: socket)
  }

  private func serve(
    limits: HTTPServerLimits = HTTPServerLimits(),
    _ handler: @escaping @Sendable (HTTPServerRequest) async -> HTTPReply
  ) throws -> HTTPServer {
    try HTTPServer(on: .unixSocket(path: socket), limits: limits, handler: handler)
  }

  private func fault(_ request: LocalRequest) async -> HTTPError? {
    await failure { () async throws(HTTPError) in try await client.fetch(request, limit: 1 << 20) }
  }

  @Test func aRequestAndItsAnswer() async throws {
    let server = try serve { request in
      HTTPReply(
        status: 201, headers: [HTTPHeader("X-Said", request.headers.first("X-Word") ?? "nothing")],
        body: .bytes(Array("\(request.method) \(request.path) ".utf8) + request.body))
    }
    defer { server.stop() }
    let answer = try await client.fetch(
      LocalRequest(
        "POST", "/v1/x?a=b", headers: [HTTPHeader("X-Word", "hear")], body: Array("body".utf8)))
    #expect(answer.status == 201)
    #expect(answer.head["x-said"] == "hear")
    #expect(String(decoding: answer.body, as: UTF8.self) == "POST /v1/x body")
    // Without a body, and without one that is meant.
    for method in ["POST", "GET", "DELETE"] {
      let answer = try await client.fetch(LocalRequest(method, "/"))
      #expect(String(decoding: answer.body, as: UTF8.self) == "\(method) / ")
    }
  }

  @Test func aLargeBodyEachWay() async throws {
    let server = try serve(limits: HTTPServerLimits(maximumBodyBytes: 64 << 20)) { request in
      HTTPReply(body: .bytes(request.body.reversed()))
    }
    defer { server.stop() }
    let body = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let answer = try await client.fetch(LocalRequest("POST", "/", body: body), limit: 9 << 20)
    #expect(answer.body == body.reversed())
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(LocalRequest("POST", "/", body: body), limit: (9 << 20) - 1)
    }
    #expect(error?.code == .tooLarge)
  }

  @Test func aServerThatWantsNoMoreOfABodyIsHeard() async throws {
    let server = try serve(limits: HTTPServerLimits(maximumBodyBytes: 1000)) { _ in
      HTTPReply(status: 200, body: .bytes([]))
    }
    defer { server.stop() }
    let large = [UInt8](repeating: 7, count: 8 << 20)
    #expect(try await client.fetch(LocalRequest("POST", "/", body: large)).status == 413)
    // One that does not read on either, and then is gone.
    let path = directory.path + "/raw"
    let raw = try RawServer(socket: path) { connection in
      connection.readHead()
      connection.send("HTTP/1.1 422 No\r\nContent-Length: 2\r\n\r\nno")
    }
    let answer = try await LocalHTTPClient(socket: path).fetch(
      LocalRequest("POST", "/", body: large))
    #expect(answer.status == 422)
    #expect(raw.heads.all.count == 1)
  }

  @Test func aStreamIsHandedOverAsItComes() async throws {
    let heard = Counter()
    let server = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          for number in 1...3 {
            try? await writer.write("piece \(number)\n")
            // The next one only when this one has arrived.
            await heard.reach(number)
          }
        })
    }
    defer { server.stop() }
    let pieces = Collected<UInt8>()
    let opened = Collected<Int>()
    let head = try await client.stream(
      LocalRequest("GET", "/events"), onHead: { opened.append($0.status) },
      onBody: { piece in
        pieces.append(contentsOf: Array(piece))
        for _ in piece.filter({ $0 == 0x0A }) { heard.add() }
      })
    #expect(head.status == 200)
    #expect(opened.all == [200])
    #expect(String(decoding: pieces.all, as: UTF8.self) == "piece 1\npiece 2\npiece 3\n")
  }

  @Test func cancellingEndsBothSides() async throws {
    let begun = Gate()
    let noticed = Gate()
    let server = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          try? await writer.write("first")
          await untilCancelled()
          noticed.open()
        })
    }
    defer { server.stop() }
    let task = Task {
      await failure { () async throws(HTTPError) in
        try await client.stream(LocalRequest("GET", "/")) { _ in begun.open() }
      }
    }
    await begun.wait()
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    await noticed.wait()
  }

  @Test func whatIsCancelledBeforeItBeginsIsNotSent() async throws {
    let asked = Collected<String>()
    let server = try serve { request in
      asked.append(request.path)
      return HTTPReply(body: .bytes([]))
    }
    defer { server.stop() }
    let gate = Gate()
    let task = Task {
      await gate.wait()
      return await fault(LocalRequest("POST", "/no"))
    }
    task.cancel()
    gate.open()
    let error = await task.value
    #expect(error?.code == .cancelled)
    #expect(error?.requestMayHaveBeenSent == false)
    _ = try await client.fetch(LocalRequest("GET", "/yes"))
    #expect(asked.all == ["/yes"])
  }

  @Test func aServerThatSaysNothingRunsOutOfTime() async throws {
    let raw = try RawServer(socket: socket) { $0.readToEnd() }
    let error = await fault(LocalRequest("GET", "/", limit: .milliseconds(50)))
    #expect(error?.code == .timedOut(.total))
    #expect(error?.requestMayHaveBeenSent == true)
    #expect(raw.heads.all.isEmpty)
  }

  @Test func anAnswerWithoutEndRunsOutOfTime() async throws {
    let raw = try RawServer(socket: socket) { connection in
      connection.readHead()
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      while connection.send(Array("1\r\nx\r\n".utf8)) {}
    }
    let error = await failure { () async throws(HTTPError) in
      try await client.stream(LocalRequest("GET", "/", limit: .milliseconds(100))) { _ in }
    }
    #expect(error?.code == .timedOut(.total))
    #expect(raw.heads.all.count == 1)
  }

  @Test func whatIsNotSent() async throws {
    let long = LocalHTTPClient(socket: "/" + String(repeating: "x", count: 200))
    for client in [client, long, LocalHTTPClient(socket: "")] {
      let error = await failure { () async throws(HTTPError) in
        try await client.fetch(LocalRequest("POST", "/"))
      }
      #expect(error?.code == .couldNotConnect)
      #expect(error?.requestMayHaveBeenSent == false)
    }
    for request in [
      LocalRequest("GE T", "/"), LocalRequest("GET", "no/slash"), LocalRequest("GET", "/a b"),
      LocalRequest("GET", "/\r\nX: y"),
      LocalRequest("GET", "/", headers: [HTTPHeader("X", "a\r\nY: b")]),
      LocalRequest("GET", "/ü"),
    ] {
      #expect(await fault(request)?.code == .invalidRequest)
    }
  }

  @Test func anAnswerTornAnywhereIsCutAndNotAskedForAgain() async throws {
    let whole = Array(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8)
    let torn = Mutex(0)
    let raw = try RawServer(socket: socket) { connection in
      connection.readHead()
      connection.send(Array(whole.prefix(torn.withLock { $0 })))
    }
    for length in 0..<whole.count {
      torn.withLock { $0 = length }
      let error = await fault(LocalRequest("POST", "/\(length)"))
      #expect(error?.code == .cut, "torn at \(length)")
      #expect(error?.requestMayHaveBeenSent == true)
    }
    #expect(raw.heads.all.count == whole.count)
    torn.withLock { $0 = whole.count }
    #expect(try await client.fetch(LocalRequest("GET", "/")).body == Array("abc".utf8))
  }

  @Test func whatIsNoAnswerIsRefused() async throws {
    let said = Mutex("")
    let raw = try RawServer(socket: socket) { connection in
      connection.readHead()
      connection.send(said.withLock { $0 })
      connection.readToEnd()
    }
    for (answer, code) in [
      ("SSH-2.0\r\n", HTTPError.Code.invalidReply),
      ("HTTP/1.1 200 OK\r\n\r\nuntil the end", .invalidReply),
      ("HTTP/1.1 200 OK\r\n" + String(repeating: "x", count: 1 << 17), .tooLarge),
      (
        "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"
          + String(repeating: "x", count: 1 << 20)
          + "x", .tooLarge
      ),
    ] {
      said.withLock { $0 = answer }
      #expect(await fault(LocalRequest("GET", "/"))?.code == code)
    }
    #expect(raw.heads.all.count == 4)
  }

  @Test func aReaderThatRefusesEndsTheExchange() async throws {
    struct Enough: Error {}
    let noticed = Gate()
    let server = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          while (try? await writer.write([UInt8](repeating: 1, count: 100_000))) != nil {}
          noticed.open()
        })
    }
    defer { server.stop() }
    for refusesHead in [true, false] {
      let error = await failure { () async throws(HTTPError) in
        try await client.stream(
          LocalRequest("GET", "/"), onHead: { _ in if refusesHead { throw Enough() } },
          onBody: { _ in throw Enough() })
      }
      #expect(error?.code == .stoppedByCaller)
      #expect(error?.underlying is Enough)
    }
    await noticed.wait()
  }

  @Test func manyAtATime() async throws {
    let server = try serve { HTTPReply(body: .bytes(Array($0.path.utf8))) }
    defer { server.stop() }
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<100 {
        group.addTask {
          (try? await client.fetch(LocalRequest("GET", "/\(number)")))?.body
            == Array("/\(number)".utf8)
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
