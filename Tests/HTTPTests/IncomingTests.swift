import Dispatch
import HTTP
import Posix
import Synchronization
import TestSupport
import Testing

/// Answers that are taken piece by piece.
@Suite struct IncomingTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func theHeadIsThereBeforeTheBody() async throws {
    let headSeen = Gate()
    let (server, url) = try serve { _ in
      HTTPReply(
        status: 201,
        body: .stream { writer in
          await headSeen.wait()
          try? await writer.write("late")
        })
    }
    defer { server.stop() }
    let incoming = try await client.open(HTTPRequest(url: url))
    #expect(incoming.head.status == 201)
    headSeen.open()
    #expect(try await incoming.next() == Array("late".utf8))
    #expect(try await incoming.next() == nil)
    #expect(try await incoming.next() == nil)
  }

  @Test func aServerWaitsForAReaderThatIsBehindAndNobodyElseDoes() async throws {
    let total = 64 << 20
    let piece = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    let written = Atomic<Int>(0)
    let (server, url) = try serve { request in
      guard request.path == "/long" else { return .text(200, "short") }
      return HTTPReply(
        body: .stream { writer in
          for _ in 0..<total / piece.count {
            guard (try? await writer.write(piece)) != nil else { return }
            written.add(piece.count, ordering: .sequentiallyConsistent)
          }
        })
    }
    defer { server.stop() }
    let incoming = try await client.open(HTTPRequest(url: url + "/long"))
    // The client's one thread is free while the long answer waits.
    for _ in 0..<20 {
      #expect(try await client.fetch(HTTPRequest(url: url + "/short")).status == 200)
    }
    #expect(written.load(ordering: .sequentiallyConsistent) < total / 2)
    var body: [UInt8] = []
    while let next = try await incoming.next() { body += next }
    #expect(body.count == total)
    #expect(body.suffix(piece.count).elementsEqual(piece))
  }

  /// Sets the signal when the client has gone.
  private func serveWithoutEnd(until gone: Gate) throws -> (HTTPServer, String) {
    try serve { _ in
      HTTPReply(
        body: .stream { writer in
          while (try? await writer.write([UInt8](repeating: 1, count: 65_536))) != nil {}
          gone.open()
        })
    }
  }

  @Test func lettingGoEndsTheTransfer() async throws {
    let gone = Gate()
    let (server, url) = try serveWithoutEnd(until: gone)
    defer { server.stop() }
    var incoming: HTTPIncoming? = try await client.open(HTTPRequest(url: url))
    #expect(incoming?.head.status == 200)
    incoming = nil
    await gone.wait()
  }

  @Test func cancellingEndsTheTransferWhateverItsReaderDoes() async throws {
    let gone = Gate()
    let (server, url) = try serveWithoutEnd(until: gone)
    defer { server.stop() }
    let incoming = try await client.open(HTTPRequest(url: url))
    let isBusy = Gate()
    let mayGoOn = DispatchSemaphore(value: 0)
    let lane = try WorkPool()
    let reading = Task(executorPreference: lane) { () async -> HTTPError? in
      await failure { () async throws(HTTPError) in
        try await incoming.read { _ in
          guard !Task.isCancelled else { return }
          isBusy.open()
          mayGoOn.wait()
        }
      }
    }
    await isBusy.wait()
    #expect(incoming.quiet == .zero)
    reading.cancel()
    // The reader is still at its first piece.
    await gone.wait()
    mayGoOn.signal()
    #expect(await reading.value?.code == .cancelled)
  }

  @Test func aReaderThatThrowsEndsTheTransfer() async throws {
    struct Enough: Error {}
    let gone = Gate()
    let (server, url) = try serveWithoutEnd(until: gone)
    defer { server.stop() }
    let incoming = try await client.open(HTTPRequest(url: url))
    let error = await failure { () async throws(HTTPError) in
      try await incoming.read { _ in throw Enough() }
    }
    #expect(error?.code == .stoppedByCaller)
    #expect(error?.underlying is Enough)
    await gone.wait()
  }

  @Test func aBodyThatWaitsForItsBytesHoldsUpNobodyElse() async throws {
    let pieces = (0..<40).map { [UInt8](repeating: UInt8($0), count: 50_000) }
    let (server, url) = try serve { request in
      request.method == "POST" ? HTTPReply(body: .bytes(request.body)) : .text(200, "short")
    }
    defer { server.stop() }
    let isStuck = Gate()
    let mayGoOn = DispatchSemaphore(value: 0)
    let place = Atomic<Int>(0)
    let takenUp = Counter()
    var request = HTTPRequest(method: "POST", url: url)
    request.limits = HTTPLimits(firstByte: .seconds(60), total: .seconds(60))
    request.bodyExecutor = try WorkPool()
    request.onBodyTakenUp = { takenUp.add() }
    request.body = .stream(length: 40 * 50_000) { limit in
      let number = place.add(1, ordering: .sequentiallyConsistent).oldValue
      if number == 20 {
        isStuck.open()
        mayGoOn.wait()
      }
      return number < pieces.count && limit >= 50_000 ? pieces[number] : []
    }
    let asked = request
    async let answer = client.fetch(asked)
    await isStuck.wait()
    for _ in 0..<10 {
      #expect(try await client.fetch(HTTPRequest(url: url)).status == 200)
    }
    mayGoOn.signal()
    #expect(try await answer.body == pieces.flatMap { $0 })
    await takenUp.reach(1)
  }

  @Test func whatABodyThrowsBehindItsBytesIsTold() async throws {
    struct Gone: Error {}
    let (server, url) = try serve { _ in .text(200, "never") }
    defer { server.stop() }
    let place = Atomic<Int>(0)
    var request = HTTPRequest(method: "POST", url: url)
    request.bodyExecutor = try WorkPool()
    request.onBodyTakenUp = { Issue.record("it was not taken up whole") }
    request.body = .stream(length: 100) { _ in
      guard place.add(1, ordering: .relaxed).oldValue == 0 else { throw Gone() }
      return [1, 2, 3]
    }
    let asked = request
    let error = await failure { () async throws(HTTPError) in try await client.fetch(asked) }
    #expect(error?.code == .stoppedByCaller)
    #expect(error?.underlying is Gone)
  }

  @Test func aCutIsThrownAfterWhatCame() async throws {
    let server = try RawServer { connection in
      connection.readHead()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    }
    let incoming = try await client.open(HTTPRequest(url: server.url))
    #expect(try await incoming.next() == Array("half".utf8))
    let error = await failure(of: { () async throws(HTTPError) in try await incoming.next() })
    #expect(error?.code == .cut)
  }

  @Test func aServerIsQuietWhenTheLastByteHasLeft() async throws {
    let release = Gate()
    let (server, url) = try serve { _ in
      await release.wait()
      return .text(200, "done")
    }
    async let answer = client.fetch(HTTPRequest(url: url))
    async let quiet: Void = server.untilQuiet()
    release.open()
    #expect(try await answer.status == 200)
    await quiet
    server.stop()
  }
}
