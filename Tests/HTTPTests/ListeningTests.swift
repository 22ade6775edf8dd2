import Glibc
import HTTP
import Posix
import TestSupport
import Testing

/// Where a server listens, and how it stops.
@Suite struct ListeningTests {
  let client: HTTPClient
  let directory: ScratchDirectory

  init() throws {
    client = try HTTPClient(userAgent: "darkroom-tests/1")
    directory = try ScratchDirectory()
  }

  private func server(_ path: String, _ text: String = "here") throws(HTTPError) -> HTTPServer {
    try HTTPServer(on: .unixSocket(path: path)) { _ in .text(200, text) }
  }

  private func get(_ path: String) async throws(HTTPError) -> String {
    let answer = try await client.fetch(HTTPRequest(url: "http://localhost/", unixSocket: path))
    return String(decoding: answer.body, as: UTF8.self)
  }

  @Test func aUnixSocketIsPrivateAndGoneAfterwards() async throws {
    let path = directory.path + "/socket"
    let server = try server(path)
    var status = stat()
    #expect(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try await get(path) == "here\n")
    server.stop()
    #expect(directory.names.isEmpty)
  }

  @Test func aClosedDoorLetsNobodyInAndNobodyOut() async throws {
    let server = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { _ in .text(200, "here") }
    let request = HTTPRequest(url: "http://127.0.0.1:\(server.port)/")
    #expect(try await client.fetch(request).status == 200)
    server.closeDoor()
    server.closeDoor()
    // This one's connection is open.
    #expect(try await client.fetch(request).status == 200)
    let other = try HTTPClient(userAgent: "darkroom-tests/1")
    let error = await failure { () async throws(HTTPError) in try await other.fetch(request) }
    #expect(error?.code == .couldNotConnect)
    #expect(error?.requestMayHaveBeenSent == false)
    server.stop()
  }

  @Test func aLiveSocketIsLeftAloneAndAStaleOneReplaced() async throws {
    let path = directory.path + "/socket"
    let first = try server(path, "first")
    let error = await failure { () async throws(HTTPError) in try server(path, "second") }
    #expect(error?.code == .server(.inUse))
    #expect(error?.context == path)
    #expect(try await get(path) == "first\n")
    // A second name keeps the file when the server is gone, as after a crash.
    #expect(unsafe link(path, path + ".stale") == 0)
    first.stop()
    #expect(unsafe rename(path + ".stale", path) == 0)
    let third = try server(path, "third")
    defer { third.stop() }
    #expect(try await get(path) == "third\n")
  }

  @Test func anotherFileIsNotReplaced() async throws {
    let path = try directory.write("notes", Array("keep me".utf8))
    let error = await failure { () async throws(HTTPError) in try server(path) }
    #expect(error?.code == .server(.refused(EEXIST)))
    #expect(directory.names == ["notes"])
  }

  @Test func whatCannotBeListenedOnSaysWhy() async throws {
    let long = directory.path + "/" + String(repeating: "x", count: 100)
    let tooLong = await failure { () async throws(HTTPError) in try server(long) }
    #expect(tooLong?.code == .server(.refused(ENAMETOOLONG)))
    let nowhere = await failure { () async throws(HTTPError) in try server("/nowhere/socket") }
    #expect(nowhere?.code == .server(.refused(ENOENT)))
    let first = try HTTPServer(on: .tcp(host: "127.0.0.1", port: 0)) { _ in .text(200, "") }
    defer { first.stop() }
    let taken = await failure { () async throws(HTTPError) in
      try HTTPServer(on: .tcp(host: "127.0.0.1", port: first.port)) { _ in .text(200, "") }
    }
    #expect(taken?.code == .server(.inUse))
    let odd = await failure { () async throws(HTTPError) in
      try HTTPServer(on: .tcp(host: "127.0.0.1", port: 70_000)) { _ in .text(200, "") }
    }
    #expect(odd?.code == .server(.refused(EINVAL)))
  }

  @Test func stoppingCutsWhatIsUnderWay() async throws {
    let started = Counter()
    let ended = Counter()
    let (server, url) = try serve { request in
      started.add()
      if request.path == "/thinking" {
        await untilCancelled()
        ended.add()
        return .text(200, "too late")
      }
      return HTTPReply(
        body: .stream { writer in
          if request.path == "/full" {
            while (try? await writer.write([UInt8](repeating: 0, count: 1 << 20))) != nil {}
          } else {
            try? await writer.write("first")
            await untilCancelled()
          }
          ended.add()
        })
    }
    let paths = ["/thinking", "/idle", "/full"]
    let tasks = (0..<30).map { number in
      Task {
        await failure { () async throws(HTTPError) in
          try await client.stream(HTTPRequest(url: url + paths[number % 3])) { _ in }
        }
      }
    }
    await started.reach(30)
    server.stop()
    server.stop()
    for task in tasks { #expect(await task.value?.code == .cut) }
    await ended.reach(30)
    let late = await failure { () async throws(HTTPError) in
      try await client.fetch(HTTPRequest(url: url))
    }
    #expect(late?.code == .couldNotConnect)
  }

  @Test func aThousandStreamsAreOpenAtOnce() async throws {
    // Both ends of each are descriptors of this process, which may have few to begin with. Never lowered: other
    // tests with thousands of connections run beside this one.
    ThisProcess.raiseLimits(descriptors: 65_536)
    var descriptors = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors)
    let count = descriptors.rlim_cur >= 2500 ? 1000 : 300
    let open = Counter()
    let go = Gate()
    let (server, url) = try serve { _ in
      HTTPReply(
        body: .stream { writer in
          try? await writer.write("a")
          open.add()
          await go.wait()
          try? await writer.write("b")
        })
    }
    defer { server.stop() }
    let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<count {
        group.addTask { try await client.fetch(HTTPRequest(url: url)).body }
      }
      await open.reach(count)
      go.open()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(bodies == [[UInt8]](repeating: Array("ab".utf8), count: count))
  }
}
