import Synchronization

/// What has come of an answer and was not taken yet: filled on the client's thread, emptied by a task.
final class IncomingQueue: Sendable {
  /// What may wait before the server has to.
  private static let highWater = 256 << 10

  /// A piece, nil at the end; and whether libcurl was told to wait.
  typealias Next = (Result<[UInt8]?, HTTPError>, wasHeld: Bool)

  private struct State {
    var bytes: [UInt8] = []
    var isHeld = false
    var end: Result<[UInt8]?, HTTPError>?
    /// The head, until the round in which it came is over: most short answers are then complete, and
    /// whoever waits is woken once.
    var newHead: HTTPResponseHead?
    var head: CheckedContinuation<Result<HTTPResponseHead, HTTPError>, Never>?
    var reader: CheckedContinuation<Next, Never>?
    /// Since when the reader waits.
    var waitsSince = ContinuousClock.now
  }

  private let state = Mutex(State())

  var isOver: Bool { state.withLock { $0.end != nil } }

  /// How long the reader has waited for more; zero while it is busy with what came.
  var quiet: Duration {
    state.withLock { $0.reader == nil ? .zero : .now - $0.waitsSince }
  }

  /// Starts the transfer and waits for its head.
  func head(_ start: () -> Void) async -> Result<HTTPResponseHead, HTTPError> {
    await withCheckedContinuation { continuation in
      state.withLock { $0.head = continuation }
      start()
    }
  }

  func next() async -> Next {
    await withCheckedContinuation { continuation in
      let next: Next? = state.withLock { state in
        if !state.bytes.isEmpty { return Self.take(&state) }
        if let end = state.end { return (end, false) }
        state.reader = continuation
        state.waitsSince = .now
        return nil
      }
      if let next { continuation.resume(returning: next) }
    }
  }

  // MARK: On the client's thread

  func take(_ head: HTTPResponseHead) { state.withLock { $0.newHead = head } }

  func endRound() {
    let (head, waiting) = state.withLock { state in
      state.newHead == nil ? (nil, nil) : (state.newHead.take(), state.head.take())
    }
    if let head { waiting?.resume(returning: .success(head)) }
  }

  func append(_ piece: [UInt8]) {
    let (reader, next) = state.withLock { state -> (CheckedContinuation<Next, Never>?, Next?) in
      if state.bytes.isEmpty { state.bytes = piece } else { state.bytes += piece }
      guard let reader = state.reader.take() else { return (nil, nil) }
      return (reader, Self.take(&state))
    }
    if let reader, let next { reader.resume(returning: next) }
  }

  /// True tells libcurl to wait; the reader that makes room says so.
  func holdIfFull() -> Bool {
    state.withLock { state in
      state.isHeld = state.bytes.count >= Self.highWater
      return state.isHeld
    }
  }

  func finish(_ outcome: Result<HTTPResponseHead, HTTPError>) {
    let end = outcome.map { _ -> [UInt8]? in nil }
    let (new, head, reader) = state.withLock { state in
      state.end = end
      return (state.newHead.take(), state.head.take(), state.reader.take())
    }
    head?.resume(returning: new.map { .success($0) } ?? outcome)
    reader?.resume(returning: (end, false))
  }

  private static func take(_ state: inout State) -> Next {
    defer {
      state.bytes = []
      state.isHeld = false
    }
    return (.success(state.bytes), state.isHeld)
  }
}
