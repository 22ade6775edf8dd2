import Dispatch
import TestSupport
import Testing

@testable import HTTP

@Suite struct LimitTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  private static let short = Duration.milliseconds(100)

  private func phase(_ url: String, _ limits: HTTPLimits) async -> HTTPError? {
    await failure { () async throws(HTTPError) in
      try await client.fetch(HTTPRequest(url: url, limits: limits))
    }
  }

  @Test func connecting() async throws {
    // The port is open, but a TLS handshake is never answered.
    let raw = try RawServer { $0.readToEnd() }
    let error = await phase(
      "https://127.0.0.1:\(raw.port)/", HTTPLimits(connect: Self.short, firstByte: .seconds(60)))
    #expect(error?.code == .timedOut(.connect))
    #expect(error?.requestMayHaveBeenSent == false)
  }

  @Test func firstByte() async throws {
    let (server, url) = try serve { _ in
      await untilCancelled()
      return .text(200, "too late")
    }
    defer { server.stop() }
    let error = await phase(url, HTTPLimits(firstByte: Self.short))
    #expect(error?.code == .timedOut(.firstByte))
    #expect(error?.requestMayHaveBeenSent == true)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
  ])
  func idle(beginning: String) async throws {
    let raw = try RawServer { connection in
      connection.readHead()
      connection.send(beginning)
      connection.readToEnd()
    }
    let error = await phase(raw.url, HTTPLimits(idle: Self.short))
    #expect(error?.code == .timedOut(.idle))
    #expect(error?.requestMayHaveBeenSent == true)
  }

  @Test func total() async throws {
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          while (try? await writer.write("still here\n")) != nil { await Task.yield() }
        })
    }
    defer { server.stop() }
    let error = await failure { () async throws(HTTPError) in
      try await client.stream(
        HTTPRequest(url: url, limits: HTTPLimits(idle: .seconds(60), total: Self.short))
      ) { _ in }
    }
    #expect(error?.code == .timedOut(.total))
  }

  @Test func totalCountsWhileConnecting() async throws {
    let raw = try RawServer { $0.readToEnd() }
    let error = await phase(
      "https://127.0.0.1:\(raw.port)/", HTTPLimits(connect: nil, total: Self.short))
    #expect(error?.code == .timedOut(.total))
    #expect(error?.requestMayHaveBeenSent == false)
  }

  @Test func totalBeginsWhenTheLastPieceOfTheRequestIsTaken() {
    let limits = HTTPLimits(firstByte: .seconds(300), idle: .seconds(300), total: .seconds(300))
    let start = ContinuousClock.now
    func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }
    var deadlines = TransferDeadlines(limits, start: start)
    for second in [1, 200, 400, 600] { deadlines.asked(at: at(second)) }
    #expect(deadlines.expired(by: at(899)) == nil)
    deadlines.answered(at: at(800))
    #expect(deadlines.expired(by: at(899)) == nil)
    #expect(deadlines.expired(by: at(900)) == .total)
    // A line that takes nothing up any more.
    var stalled = TransferDeadlines(limits, start: start)
    for second in [1, 250] { stalled.asked(at: at(second)) }
    #expect(stalled.expired(by: at(549)) == nil)
    #expect(stalled.expired(by: at(550)) != nil)
  }

  @Test func nothingCountsWhileOurSideIsBehind() {
    let limits = HTTPLimits(firstByte: .seconds(10), idle: .seconds(10), total: .seconds(100))
    let start = ContinuousClock.now
    func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }
    var answer = TransferDeadlines(limits, start: start)
    answer.asked(at: at(0))
    answer.answered(at: at(5))
    answer.held(at: at(10))
    answer.held(at: at(500))
    #expect(answer.next == nil)
    #expect(answer.expired(by: at(100_000)) == nil)
    // 10 s are used up, and 990 were ours.
    answer.resumed(at: at(1000))
    #expect(answer.expired(by: at(1009)) == nil)
    #expect(answer.expired(by: at(1010)) == .idle)
    answer.answered(at: at(1085))
    #expect(answer.expired(by: at(1089)) == nil)
    #expect(answer.expired(by: at(1090)) == .total)

    var question = TransferDeadlines(limits, start: start)
    question.asked(at: at(0))
    question.held(at: at(1))
    #expect(question.expired(by: at(100_000)) == nil)
    question.resumed(at: at(1000))
    #expect(question.expired(by: at(1009)) == nil)
    #expect(question.expired(by: at(1010)) == .firstByte)
  }

  @Test func aSlowCallbackDoesNotMakeTheOthersLate() async throws {
    // All transfers share a thread. While one callback holds it up for longer than the other's
    // limit, the other's next piece arrives: it was in time. The punctual one comes first, so that
    // libcurl has looked at it before it looks at the busy one.
    let limit = 1500
    let isAsked = Gate()
    let isOpen = Gate()
    let begin = DispatchSemaphore(value: 0)
    let hasBegun = DispatchSemaphore(value: 0)
    let isBusy = DispatchSemaphore(value: 0)
    let isAnswered = DispatchSemaphore(value: 0)
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    let punctual = try RawServer { connection in
      connection.readHead()
      isAsked.open()
      begin.wait()
      connection.send(head + "o")
      isBusy.wait()
      connection.send("k")
      isAnswered.signal()
      connection.readToEnd()
    }
    let busy = try RawServer { connection in
      connection.readHead()
      connection.send(head)
      hasBegun.wait()
      connection.send("ok")
      connection.readToEnd()
    }
    let received = Collected<UInt8>()
    async let inTime = client.stream(
      HTTPRequest(url: punctual.url, limits: HTTPLimits(idle: .milliseconds(limit)))
    ) { bytes in
      received.append(contentsOf: bytes)
      hasBegun.signal()
    }
    await isAsked.wait()
    async let slow = client.stream(
      HTTPRequest(url: busy.url), onHead: { _ in isOpen.open() },
      onBody: { _ in
        isBusy.signal()
        isAnswered.wait()
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(limit))
      })
    await isOpen.wait()
    begin.signal()
    #expect(try await inTime.status == 200)
    #expect(try await slow.status == 200)
    #expect(received.all == Array("ok".utf8))
  }
}
