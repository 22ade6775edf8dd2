import HTTP
import Posix
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

extension TemporaryDirectory {
  var names: [String] { (try? DirectoryListing(of: path).entries.map(\.name)) ?? [] }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try DurableFile.write(bytes, to: self.path(name))
    return self.path(name)
  }
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
