import HTTP
import TestSupport
import Testing

@Suite struct CancellationTests {
  let client: HTTPClient

  init() throws { client = try HTTPClient(userAgent: "darkroom-tests/1") }

  @Test func cancellingInTheMiddleOfAnAnswerEndsBothSides() async throws {
    let begun = Gate()
    let noticed = Gate()
    let (server, url) = try serve { _ in
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
        try await client.stream(HTTPRequest(url: url)) { _ in begun.open() }
      }
    }
    await begun.wait()
    task.cancel()
    let error = await task.value
    #expect(error?.code == .cancelled)
    #expect(error?.requestMayHaveBeenSent == true)
    await noticed.wait()
  }

  @Test func aWriterLearnsThatItsClientLeft() async throws {
    let begun = Gate()
    let result = Collected<HTTPError.Code>()
    let ended = Gate()
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          do throws(HTTPError) {
            while true { try await writer.write([UInt8](repeating: 1, count: 100_000)) }
          } catch {
            result.append(error.code)
          }
          ended.open()
        })
    }
    defer { server.stop() }
    let task = Task {
      await failure { () async throws(HTTPError) in
        try await client.stream(HTTPRequest(url: url)) { _ in begun.open() }
      }
    }
    await begun.wait()
    task.cancel()
    _ = await task.value
    await ended.wait()
    #expect(result.all == [.cut])
  }

  @Test func cancellingWhileTheHandlerThinksCancelsTheHandler() async throws {
    let thinking = Gate()
    let stopped = Gate()
    let (server, url) = try serve { _ in
      thinking.open()
      await untilCancelled()
      stopped.open()
      return .text(200, "too late")
    }
    defer { server.stop() }
    let task = Task {
      await failure { () async throws(HTTPError) in
        try await client.fetch(HTTPRequest(method: "POST", url: url))
      }
    }
    await thinking.wait()
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    await stopped.wait()
  }

  @Test func aTransferThatOutlivesItsTaskGoesOnOnceItWasSent() async throws {
    let thinking = Gate()
    let cancelled = Gate()
    let (server, url) = try serve { request in
      guard request.path == "/long" else { return .text(200, "short") }
      thinking.open()
      await cancelled.wait()
      return .text(200, "paid for")
    }
    defer { server.stop() }
    let task = Task {
      try await client.open(
        HTTPRequest(method: "POST", url: url + "/long", body: .text("x")), outlivesTask: true)
    }
    await thinking.wait()
    task.cancel()
    // Answered after the cancellation was dealt with: the client's thread takes orders in their order.
    #expect(try await client.fetch(HTTPRequest(url: url + "/short")).status == 200)
    cancelled.open()
    let incoming = try await task.value
    #expect(incoming.head.status == 200)
    #expect(try await incoming.next() == Array("paid for\n".utf8))
  }

  @Test func cancellingABodyThatIsBeingSent() async throws {
    let begun = Gate()
    let (server, url) = try serve { _ in .text(200, "never") }
    defer { server.stop() }
    let task = Task {
      await failure { () async throws(HTTPError) in
        try await client.fetch(
          HTTPRequest(
            method: "POST", url: url,
            body: .stream(length: nil) { limit in
              begun.open()
              return [UInt8](repeating: 0, count: min(limit, 16))
            }))
      }
    }
    await begun.wait()
    task.cancel()
    #expect(await task.value?.code == .cancelled)
  }

  @Test func aTaskCancelledBeforeItsRequestSendsNothing() async throws {
    let raw = try RawServer { $0.readToEnd() }
    let ready = Gate()
    let task = Task {
      await ready.wait()
      return await failure { () async throws(HTTPError) in
        try await client.fetch(HTTPRequest(url: raw.url))
      }
    }
    task.cancel()
    ready.open()
    let error = await task.value
    #expect(error?.code == .cancelled)
    #expect(error?.requestMayHaveBeenSent == false)
    #expect(raw.heads.all.isEmpty)
  }

  @Test func closingTheClientEndsItsTransfers() async throws {
    let thinking = Gate()
    let (server, url) = try serve { _ in
      thinking.open()
      await untilCancelled()
      return .text(200, "too late")
    }
    defer { server.stop() }
    let closing = try HTTPClient(userAgent: "darkroom-tests/1")
    let task = Task {
      await failure { () async throws(HTTPError) in try await closing.fetch(HTTPRequest(url: url)) }
    }
    await thinking.wait()
    closing.close()
    #expect(await task.value?.code == .cancelled)
    let late = await failure { () async throws(HTTPError) in
      try await closing.fetch(HTTPRequest(url: url))
    }
    #expect(late?.code == .cancelled)
    #expect(late?.requestMayHaveBeenSent == false)
  }
}
