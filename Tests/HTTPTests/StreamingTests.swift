import HTTP
import Synchronization
import TestSupport
import Testing

@Suite struct StreamingTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func piecesArriveBeforeTheReplyIsComplete() async throws {
    let firstSeen = Gate()
    let (server, url) = try serve { _ in
      HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")],
        body: .stream { writer in
          try? await writer.write("data: 1\n\n")
          await firstSeen.wait()  // The second event is not written before the first was seen.
          try? await writer.write("data: 2\n\n")
        })
    }
    defer { server.stop() }
    let pieces = Collected<String>()
    let head = try await client.stream(
      HTTPRequest(url: url),
      onHead: { head in pieces.append("head \(head["Content-Type"] ?? "")") },
      onBody: { bytes in
        pieces.append(String(decoding: bytes, as: UTF8.self))
        firstSeen.open()
      })
    #expect(head.status == 200)
    #expect(pieces.all == ["head text/event-stream", "data: 1\n\n", "data: 2\n\n"])
  }

  @Test func aLargeBodyComesInOrderAndInPiecesOfBoundedLength() async throws {
    let body = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let (server, url) = try serve { _ in HTTPReply(body: .bytes(body)) }
    defer { server.stop() }
    let received = Collected<UInt8>()
    let lengths = Collected<Int>()
    _ = try await client.stream(
      HTTPRequest(url: url), onHead: { _ in },
      onBody: { piece in
        received.append(contentsOf: piece)
        lengths.append(piece.count)
      })
    #expect(received.all == body)
    #expect(lengths.all.allSatisfy { (1...128 << 10).contains($0) })
  }

  @Test func theHeadArrivesBeforeAnyBody() async throws {
    let headSeen = Gate()
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          await headSeen.wait()
          try? await writer.write("late")
        })
    }
    defer { server.stop() }
    let body = Collected<UInt8>()
    _ = try await client.stream(
      HTTPRequest(url: url), onHead: { _ in headSeen.open() },
      onBody: { body.append(contentsOf: $0) })
    #expect(body.all == Array("late".utf8))
  }

  @Test func theServerWaitsForASlowReader() async throws {
    let total = 96 << 20
    let piece = [UInt8](repeating: 5, count: 64 << 10)
    let written = Atomic<Int>(0)
    let received = Atomic<Int>(0)
    let furthest = Atomic<Int>(0)
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          for _ in 0..<total / piece.count {
            guard (try? await writer.write(piece)) != nil else { return }
            let ahead =
              written.add(piece.count, ordering: .sequentiallyConsistent).newValue
              - received.load(ordering: .sequentiallyConsistent)
            furthest.max(ahead, ordering: .sequentiallyConsistent)
          }
        })
    }
    defer { server.stop() }
    _ = try await client.stream(HTTPRequest(url: url)) { bytes in
      received.add(bytes.count, ordering: .sequentiallyConsistent)
    }
    #expect(received.load(ordering: .sequentiallyConsistent) == total)
    // 256 KiB and a piece in the writer, the rest in the two socket buffers of the kernel.
    #expect(furthest.load(ordering: .sequentiallyConsistent) < 24 << 20)
  }

  @Test(arguments: [nil, 3_000_000])
  func aBodyIsMadeWhileItIsSent(length: Int?) async throws {
    let (server, url) = try serve { request in
      HTTPReply(
        headers: [
          HTTPHeader("X-Length", request.header("Content-Length") ?? "none"),
          HTTPHeader("X-Coding", request.header("Transfer-Encoding") ?? "none"),
        ], body: .bytes(request.body))
    }
    defer { server.stop() }
    let expected = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let sent = Atomic<Int>(0)
    let largest = Atomic<Int>(0)
    let answer = try await client.fetch(
      HTTPRequest(
        method: "POST", url: url,
        body: .stream(length: length) { limit in
          let start = sent.load(ordering: .relaxed)
          let piece = Array(expected[start..<min(start + limit, expected.count)])
          sent.add(piece.count, ordering: .relaxed)
          largest.max(limit, ordering: .relaxed)
          return piece
        }))
    #expect(answer.body == expected)
    #expect(answer.head["X-Length"] == (length.map { "\($0)" } ?? "none"))
    #expect(answer.head["X-Coding"] == (length == nil ? "chunked" : "none"))
    #expect(largest.load(ordering: .relaxed) <= 1 << 20)
  }

  @Test func aBodyShorterThanPromisedIsAnErrorOfTheCaller() async throws {
    let (server, url) = try serve { _ in .text(200, "never") }
    defer { server.stop() }
    let error = await failure { () async throws(HTTPError) in
      try await client.fetch(
        HTTPRequest(method: "POST", url: url, body: .stream(length: 10) { _ in [] }))
    }
    #expect(error?.code == .invalidRequest)
  }

  @Test(arguments: ["head", "body", "upload"])
  func aCallbackThatThrowsEndsTheTransfer(part: String) async throws {
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          try? await writer.write("one")
          await untilCancelled()
        })
    }
    defer { server.stop() }
    struct Enough: Error {}
    let error = await failure { () async throws(HTTPError) in
      try await client.stream(
        HTTPRequest(
          method: "POST", url: url,
          body: part == "upload" ? .stream(length: nil) { _ in throw Enough() } : .none),
        onHead: { _ in if part == "head" { throw Enough() } },
        onBody: { _ in if part == "body" { throw Enough() } })
    }
    #expect(error?.code == .stoppedByCaller)
    #expect(error?.underlying is Enough)
    #expect(error?.requestMayHaveBeenSent == true)
  }

  @Test func compressionIsOfferedOnlyWhenAskedFor() async throws {
    let (server, url) = try serve { request in
      .text(200, request.header("Accept-Encoding") ?? "none")
    }
    defer { server.stop() }
    let plain = try await client.fetch(HTTPRequest(url: url))
    #expect(plain.body == Array("none\n".utf8))
    let packed = try await client.fetch(HTTPRequest(url: url, acceptsCompression: true))
    #expect(packed.body == Array("gzip\n".utf8))
  }
}
