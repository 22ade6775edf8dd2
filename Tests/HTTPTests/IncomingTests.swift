import HTTP
import Synchronization
import TestSupport
import Testing

/// Answers that are taken piece by piece.
@Suite struct IncomingTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func theHeadIsThereBeforeTheBody() async throws {
    let headSeen = Signal()
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
    headSeen.set()
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

  @Test func lettingGoEndsTheTransfer() async throws {
    let gone = Signal()
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          while (try? await writer.write([UInt8](repeating: 1, count: 65_536))) != nil {}
          gone.set()
        })
    }
    defer { server.stop() }
    var incoming: HTTPIncoming? = try await client.open(HTTPRequest(url: url))
    #expect(incoming?.head.status == 200)
    incoming = nil
    await gone.wait()
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
    let release = Signal()
    let (server, url) = try serve { _ in
      await release.wait()
      return .text(200, "done")
    }
    async let answer = client.fetch(HTTPRequest(url: url))
    async let quiet: Void = server.untilQuiet()
    release.set()
    #expect(try await answer.status == 200)
    await quiet
    server.stop()
  }
}
