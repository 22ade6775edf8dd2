import Glibc
import HTTP
import Synchronization
import TestSupport

/// Waits until the surrounding task is cancelled.
func untilCancelled() async {
  let gate = Gate()
  await withTaskCancellationHandler {
    await gate.wait()
  } onCancel: {
    gate.open()
  }
}

/// The error of a request that must fail.
func failure<Success>(
  of body: () async throws(HTTPError) -> Success
) async -> HTTPError? {
  do {
    _ = try await body()
    return nil
  } catch {
    return error
  }
}

/// A server on a free loopback port.
func serve(
  limits: HTTPServerLimits = HTTPServerLimits(), screen: HTTPServerScreen = HTTPServerScreen(),
  _ handler: @escaping @Sendable (HTTPServerRequest) async -> HTTPReply
) throws -> (server: HTTPServer, url: String) {
  let server = try HTTPServer(
    on: .tcp(host: "127.0.0.1", port: 0), limits: limits, screen: screen, handler: handler)
  return (server, "http://127.0.0.1:\(server.port)")
}

/// A directory that is removed with its owner.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/http-tests-XXXXXX".utf8CString)
    guard let path = unsafe mkdtemp(&template) else { throw PosixFailure(number: errno) }
    self.path = unsafe String(cString: path)
  }

  deinit {
    for name in names { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }

  var names: [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw PosixFailure(number: errno) }
    defer { close(descriptor) }
    guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw PosixFailure(number: errno)
    }
    return file
  }
}

struct PosixFailure: Error {
  let number: Int32
}

/// A count that a task can wait for.
final class Counter: Sendable {
  private struct State {
    var count = 0
    var waiting: [(goal: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  func add() {
    let reached = state.withLock { state in
      state.count += 1
      let split = state.waiting.partition { $0.goal <= state.count }
      defer { state.waiting.removeSubrange(split...) }
      return state.waiting[split...].map(\.continuation)
    }
    for continuation in reached { continuation.resume() }
  }

  func reach(_ goal: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        if state.count < goal { state.waiting.append((goal, continuation)) }
        return state.count >= goal
      }
      if isReached { continuation.resume() }
    }
  }
}
