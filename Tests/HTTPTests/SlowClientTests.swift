import Glibc
import TestSupport
import Testing

@testable import HTTP

/// Clients that take their time, many of them.
@Suite("Slow clients", .ownThread, .timeLimit(.minutes(2))) struct SlowClientTests {
  private static let beginning = "POST / HTTP/1.1\r\nHost: x\r\n"

  private func raw(_ port: Int, _ text: String = "") throws -> RawConnection {
    let connection = try RawConnection(toPort: port)
    if !text.isEmpty { connection.send(text) }
    return connection
  }

  private func answer(of connection: RawConnection) -> String {
    String(decoding: connection.read(upTo: 4096), as: UTF8.self)
  }

  @Test("a head that trickles is given up, whatever comes of it")
  func head() throws {
    let (server, _) = try serve(limits: HTTPServerLimits(idleSeconds: 60, headSeconds: 1)) { _ in
      .text(200, "")
    }
    defer { server.stop() }
    let connection = try raw(server.port, Self.beginning)
    defer { connection.close() }
    // More comes all the time; that it ends is what is tested.
    var wait = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&wait, 1, 50) == 0 { connection.send("X-A: b\r\n") }
    let text = answer(of: connection)
    #expect(text.hasPrefix("HTTP/1.1 408 ") || text.isEmpty)
  }

  @Test("and so is the next one on a line that was kept")
  func nextHead() throws {
    let (server, _) = try serve(limits: HTTPServerLimits(idleSeconds: 60, headSeconds: 1)) { _ in
      .text(200, "ok")
    }
    defer { server.stop() }
    let connection = try raw(server.port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    defer { connection.close() }
    #expect(connection.readRequest() != nil)
    connection.send("G")
    // On a busy machine the line may be reset under the answer; that it ends is what is tested.
    let text = answer(of: connection)
    #expect(text.hasPrefix("HTTP/1.1 408 ") || text.isEmpty)
    #expect(connection.read(upTo: 1).isEmpty)
  }

  @Test("who says nothing is not kept for ever, and who is answered late is")
  func idle() async throws {
    let go = Gate()
    let (server, url) = try serve(limits: HTTPServerLimits(idleSeconds: 1, headSeconds: 1)) { _ in
      await go.wait()
      return .text(200, "late")
    }
    defer { server.stop() }
    let client = try HTTPClient(userAgent: "test")
    async let late = client.fetch(HTTPRequest(url: url))
    let silent = try raw(server.port)
    defer { silent.close() }
    #expect(silent.read(upTo: 1).isEmpty)
    go.open()
    #expect(try await late.status == 200)
  }

  @Test("a flood of unfinished heads does not keep anybody out", arguments: [false, true])
  func flood(ofOneAddress: Bool) async throws {
    let go = Gate()
    let begun = Gate()
    let (server, url) = try serve(
      limits: HTTPServerLimits(
        connections: ofOneAddress ? 1000 : 40, connectionsPerAddress: ofOneAddress ? 40 : 1000)
    ) { request in
      if request.path == "/slow" {
        begun.open()
        await go.wait()
      }
      return .text(200, request.path)
    }
    defer { server.stop() }
    let client = try HTTPClient(userAgent: "test")
    // What is being answered stays.
    async let slow = client.fetch(HTTPRequest(url: url + "/slow"))
    await begun.wait()
    var flood: [RawConnection] = []
    defer { for connection in flood { connection.close() } }
    for number in 0..<300 {
      flood.append(try raw(server.port, number % 3 == 0 ? "" : Self.beginning))
      if number % 50 == 49 {
        #expect(try await client.fetch(HTTPRequest(url: url + "/\(number)")).status == 200)
      }
    }
    go.open()
    #expect(try await slow.body == Array("/slow\n".utf8))
  }

  @Test("where everybody is being answered, it is the newcomer who goes")
  func full() async throws {
    let go = Gate()
    let begun = Counter()
    let (server, _) = try serve(limits: HTTPServerLimits(connections: 8)) { _ in
      begun.add()
      await go.wait()
      return .text(200, "")
    }
    defer { server.stop() }
    let request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    let served = try (0..<8).map { _ in try raw(server.port, request) }
    defer { for connection in served { connection.close() } }
    await begun.reach(8)
    let late = try raw(server.port)
    defer { late.close() }
    #expect(late.read(upTo: 1).isEmpty)
    go.open()
    for connection in served { #expect(answer(of: connection).hasPrefix("HTTP/1.1 200 ")) }
  }

  @Test("all descriptors are given back")
  func descriptors() async throws {
    let (server, url) = try serve { _ in .text(200, "") }
    defer { server.stop() }
    let connections = try (0..<100).map { _ in try raw(server.port, Self.beginning) }
    let client = try HTTPClient(userAgent: "test")
    // Behind them: all have been taken in.
    let last = HTTPRequest(url: url, headers: [HTTPHeader("Connection", "close")])
    #expect(try await client.fetch(last).status == 200)
    #expect(server.connectionCount >= 100)
    for connection in connections { connection.close() }
    while server.connectionCount > 0 { await Task.yield() }
  }

  /// Of a client that has nothing more to ask, too: libcurl alone keeps them until it asks again.
  @Test("and connections of a client are closed when it has nothing to ask")
  func restingConnections() async throws {
    let arrived = Collected<String>()
    let all = Gate()
    let (server, url) = try serve { request in
      // All at once, so that no connection serves two.
      arrived.append("")
      if arrived.all.count == 20 { all.open() }
      if request.method == "POST" { await all.wait() }
      return .text(200, "")
    }
    defer { server.stop() }
    let client = try HTTPClient(userAgent: "test")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          var request = HTTPRequest(method: "POST", url: url, body: .bytes([0x7B]))
          request.sharesConnections = true
          _ = try await client.fetch(request)
        }
      }
      try await group.waitForAll()
    }
    let deadline = ContinuousClock.now + .seconds(40)
    while server.connectionCount > 0, ContinuousClock.now < deadline { await Task.yield() }
    #expect(server.connectionCount == 0)
    #expect(try await client.fetch(HTTPRequest(url: url)).status == 200)
  }
}
