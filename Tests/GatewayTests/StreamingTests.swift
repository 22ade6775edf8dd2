import Gateway
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

/// Replies on their way through.
@Suite struct StreamingTests {
  private static let begin = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
  private static let streamed =
    #"{"model":"ep-1","prompt":"a","stream":true,"sequential_image_generation":"auto"}"#

  private static func event(_ index: Int) -> String {
    "event: image_generation.partial_succeeded\ndata: {\"type\":\"image_generation.partial_succeeded\","
      + "\"image_index\":\(index),\"url\":\"https://example.com/\(index).jpg\",\"size\":\"1024x1024\"}\n\n"
  }

  @Test func anEventLeavesBeforeTheNextOneCame() async throws {
    let (seen, feed) = AsyncStream.makeStream(of: Void.self)
    let turn = try Turn()
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(Self.begin + Self.event(0))
      // The second event is not sent before the client has the first.
      turn.wait()
      connection.send(Self.event(1) + "data: [DONE]\n\n")
    }
    let door = try Door(provider)
    let body = Collected<String>()
    async let head = door.client.stream(
      door.request("/api/v3/images/generations", Self.streamed)
    ) { piece in
      body.append(String(decoding: piece, as: UTF8.self))
      feed.yield()
    }
    for await _ in seen { break }
    #expect(body.all.joined() == Self.event(0))
    turn.give()
    #expect(try await head.status == 200)
    #expect(body.all.joined() == Self.event(0) + Self.event(1) + "data: [DONE]\n\n")
  }

  @Test func aClientThatLeavesDoesNotCutWhatIsPaidFor() async throws {
    let turn = try Turn()
    let accepted = Collected<Bool>()
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(Self.begin + Self.event(0))
      turn.wait()
      // More than lies in any buffer on the way.
      let long = [UInt8](repeating: UInt8(ascii: " "), count: 8 << 20)
      accepted.append(connection.send(long) && connection.send(Array(Self.event(1).utf8)))
    }
    let door = try Door(provider)
    struct Enough: Error {}
    let failure = await #expect(throws: HTTPError.self) {
      try await door.client.stream(
        door.request("/api/v3/images/generations", Self.streamed)
      ) { _ in throw Enough() }
    }
    #expect(failure?.code == .stoppedByCaller)
    turn.give()
    await door.gateway.drain()
    #expect(accepted.all == [true])
    #expect(door.log.all.count == 1)
    #expect(door.log.all[0].contains("the client left"))
  }

  @Test func aReplyThatBreaksOffIsNotToldAsComplete() async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
          + "\(String(Self.event(0).utf8.count, radix: 16))\r\n\(Self.event(0))\r\n")
    }
    let door = try Door(provider)
    await #expect(throws: HTTPError.self) {
      try await door.post("/api/v3/images/generations", Self.streamed)
    }
  }

  @Test func aProviderThatDoesNotStreamIsToldInEvents() async throws {
    let body =
      #"{"created":1,"data":[{"url":"https://example.com/0.jpg","size":"1024x1024"},{"error":{"code":"X","message":"no"}}],"usage":{"generated_images":1,"output_tokens":4096,"total_tokens":4096}}"#
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    let door = try Door(provider)
    let answer = try await door.post("/api/v3/images/generations", Self.streamed)
    var parser = ReplyParser()
    let events = parser.consume(answer.body) + parser.finish()
    #expect(answer.head["Content-Type"] == "text/event-stream")
    let drawn = events.compactMap { event -> String? in
      guard case .picture(let picture) = event, case .url(let url) = picture.source else {
        return nil
      }
      return url
    }
    #expect(drawn == ["https://example.com/0.jpg"])
    #expect(events.contains(.memberRefused(index: 1, APIError(code: "X", message: "no"))))
    #expect(events.last == .finished)
  }

  @Test(arguments: [Self.streamed, #"{"model":"ep-1","prompt":"a"}"#])
  func aPageWhereAnAnswerShouldBeIsNotPassedOn(_ body: String) async throws {
    let page = "<html>Welcome to the hotel</html>"
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
    }
    let door = try Door(provider)
    let answer = try await door.post("/api/v3/images/generations", body)
    #expect(answer.status == 502)
    #expect(try answer.read().error?.message.contains("hotel") == true)
    // The provider behind that page may have drawn.
    #expect(answer.head["X-Should-Retry"] == "false")
  }

  @Test(
    arguments: ["/byteplus-generate", "/api/v3/images/generations"],
    [Self.streamed, #"{"model":"ep-1","prompt":"a"}"#])
  func anEmptyAnswerIsNone(_ path: String, _ body: String) async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\r\n")
    }
    let door = try Door(provider)
    let answer = try await door.post(path, body)
    #expect(answer.status == 502)
    #expect(try answer.read().error?.message.contains("broke off") == true)
    #expect(answer.head["X-Should-Retry"] == "false")
  }

  @Test(arguments: ["/api/v3/images/generations", "/byteplus/v1/getEditMultiImage"])
  func anErrorThatCallsItselfASuccessIsNone(_ path: String) async throws {
    let body = #"{ "error": {"code":"ServerOverloaded","message":"too much"} }"#
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\r\nX-Request-Id: a\u{7}b\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
    }
    let door = try Door(provider)
    let answer = try await door.post(path, #"{"model":"seedream-4.0","prompt":"a"}"#)
    #expect(answer.status == 429)
    #expect(answer.head["X-Should-Retry"] == "false")
    #expect(answer.text.contains("too much"))
    // Nor does a name for the request that is none get through.
    #expect(answer.head["X-Request-Id"]?.hasPrefix("02") == true)
  }

  @Test func anAnswerWithoutWordsGetsSome() async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    }
    let door = try Door(provider)
    let answer = try await door.post(
      "/byteplus/v1/getEditMultiImage", #"{"prompt":"a"}"#)
    #expect(answer.status == 502)
    #expect(try answer.read().sentence?.contains("302") == true)
  }

  @Test func theProvidersKeyIsNotRepeatedToClients() async throws {
    let key = Door.providerKey
    let body =
      #"{"error":{"code":"No\#(key)","message":"wrong: \#(key)","param":"\#(key)","type":"\#(key)"}}"#
    let member = #"{"created":1,"data":[{"error":{"code":"X","message":"no \#(key)"}}]}"#
    let provider = try RawServer { connection in
      guard let (_, asked) = connection.readRequest() else { return }
      let isWhole = String(decoding: asked, as: UTF8.self).contains("whole")
      connection.send(
        isWhole
          ? "HTTP/1.1 401 No\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
          : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(member.utf8.count)\r\n\r\n\(member)"
      )
    }
    let door = try Door(provider)
    for prompt in ["whole", "member"] {
      let answer = try await door.post(
        "/byteplus-generate", #"{"model":"ep-1","prompt":"\#(prompt)"}"#)
      #expect(answer.text.contains("[key]"))
      #expect(!answer.text.contains(key))
    }
    #expect(!door.log.all.joined().contains(key))
  }

  @Test func aJobIsAskedForUntilItsPicturesAreThere() async throws {
    let provider = try RawServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      let body =
        head.contains("getGenerationResults")
        ? #"{"job_set_id":"j1","status":"completed","results":[{"url":"https://example.com/1.jpg"}]}"#
        : #"{"job_set_id":"j1","status":"queued"}"#
      connection.send(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    var dialect = Dialect.pixazo
    dialect.polling = dialect.polling.map {
      Polling(path: $0.path, member: $0.member, firstPause: 0, pause: 0, patience: 60)
    }
    let door = try Door(provider, speaking: dialect)
    let answer = try await door.post("/byteplus-generate", #"{"prompt":"a"}"#)
    #expect(try answer.read().data?.first?.url == "https://example.com/1.jpg")
  }

  @Test func aJobIsAskedForThoughItsClientHasLeft() async throws {
    let (asked, feed) = AsyncStream.makeStream(of: Void.self)
    let turn = try Turn()
    let polls = Collected<String>()
    let provider = try RawServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      var body = #"{"job_set_id":"j1","status":"queued"}"#
      if head.contains("getGenerationResults") {
        polls.append(head)
        if polls.all.count == 1 {
          feed.yield()
          turn.wait()
        } else {
          body =
            #"{"job_set_id":"j1","status":"completed","results":[{"url":"https://example.com/1.jpg"}]}"#
        }
      }
      connection.send(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    var dialect = Dialect.pixazo
    dialect.polling = dialect.polling.map {
      Polling(path: $0.path, member: $0.member, firstPause: 0, pause: 0, patience: 60)
    }
    let door = try Door(provider, speaking: dialect)
    let client = Task { try await door.post("/byteplus-generate", #"{"prompt":"a"}"#) }
    for await _ in asked { break }
    client.cancel()
    _ = await client.result
    turn.give()
    await door.gateway.drain()
    #expect(polls.all.count == 2)
  }

  @Test func aShortReplyThatBreaksOffIsToldByItsStatus() async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"
          + #"{"created":1,"data":[{"url":"https://exam"#)
    }
    let door = try Door(provider)
    for path in ["/byteplus-generate", "/v1/images/generations"] {
      let answer = try await door.post(path, #"{"model":"ep-1","prompt":"a"}"#)
      #expect(answer.status == 502)
      #expect(answer.head["X-Should-Retry"] == "false")
    }
  }

  @Test func drainingWaitsForWhatIsUnderWay() async throws {
    let turn = try Turn()
    let (seen, feed) = AsyncStream.makeStream(of: Void.self)
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send(Self.begin + Self.event(0))
      turn.wait()
      connection.send("data: [DONE]\n\n")
    }
    let door = try Door(provider)
    let body = Collected<UInt8>()
    async let head = door.client.stream(
      door.request("/api/v3/images/generations", Self.streamed)
    ) { piece in
      body.append(contentsOf: piece)
      feed.yield()
    }
    for await _ in seen { break }
    #expect(try await door.get("/healthz").status == 200)
    async let drained: Void = door.gateway.drain()
    // Draining has begun when the gateway says so, to those who are connected.
    while try await door.get("/healthz").status == 200 {}
    // The door is shut at the same time: then nobody else's request even leaves.
    let stranger = try HTTPClient(userAgent: "stranger")
    let late = door.request("/byteplus-generate", #"{"prompt":"a"}"#)
    var isRefused = false
    while !isRefused {
      do throws(HTTPError) {
        #expect(try await stranger.fetch(late).status == 503)
      } catch {
        isRefused = error.code == .couldNotConnect
      }
    }
    turn.give()
    await drained
    door.gateway.stop()
    #expect(try await head.status == 200)
    #expect(String(decoding: body.all, as: UTF8.self).hasSuffix("data: [DONE]\n\n"))
  }
}

/// Holds up one thread until another says go.
private final class Turn: Sendable {
  private let mailbox: Mailbox<Bool>

  init() throws { mailbox = try Mailbox() }

  func give() { mailbox.send(true) }

  func wait() { _ = try? Poll.wait(for: [mailbox.descriptor], timeout: .seconds(30)) }
}
