import Synchronization

/// The handler's end of a streamed reply.
package final class HTTPReplyWriter: Sendable {
  /// What may lie unsent before a writer has to wait.
  static let highWater = 256 << 10

  private enum End {
    case open, finished, cut, gone
  }

  private struct State {
    var unsent: [UInt8] = []
    /// How far `unsent` has been taken.
    var taken = 0
    var end = End.open
    var waiting: [UInt64: CheckedContinuation<HTTPError.Code?, Never>] = [:]
    var nextID: UInt64 = 0

    var count: Int { unsent.count - taken }
  }

  /// What libmicrohttpd's thread gets when it asks for more.
  enum Supply: Equatable {
    case bytes(Int)
    case suspended
    case end
    case broken
  }

  private let gate: ConnectionGate
  private let context: String
  private let state = Mutex(State())

  init(gate: ConnectionGate, context: String) {
    self.gate = gate
    self.context = context
  }

  /// Adds bytes to the reply; waits while more than 256 KiB are unsent.
  ///
  /// - Throws: `cut` when the client went away or the server stops, `cancelled` with the task.
  package func write(_ bytes: [UInt8]) async throws(HTTPError) {
    let (id, isFull): (UInt64, Bool?) = state.withLock { state in
      guard state.end == .open else { return (0, nil) }
      state.unsent += bytes
      state.nextID += 1
      return (state.nextID, state.count > Self.highWater)
    }
    guard let isFull else { throw error(.cut) }
    if !bytes.isEmpty { gate.resume() }
    guard isFull else { return }
    let failure = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: HTTPError.Code?? = state.withLock { state in
          if state.end != .open { return .some(.cut) }
          if Task.isCancelled { return .some(.cancelled) }
          if state.count <= Self.highWater { return .some(nil) }
          state.waiting[id] = continuation
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: .cancelled)
    }
    if let failure { throw error(failure) }
  }

  /// Adds text to the reply, as `write(_:)` of its UTF-8 does.
  package func write(_ text: String) async throws(HTTPError) {
    try await write(Array(text.utf8))
  }

  /// Sends what was written and then breaks the connection in the middle of the reply.
  package func cut() { close(.cut) }

  /// Ends the reply properly.
  func finish() { close(.finished) }

  /// Gives up: nobody reads any more.
  func abandon() { close(.gone) }

  /// Fills the buffer on libmicrohttpd's thread, or suspends the connection.
  func supply(_ buffer: UnsafeMutableRawBufferPointer) -> Supply {
    let (supply, released) = state.withLock { state in
      unsafe take(into: buffer, &state)
    }
    for continuation in released { continuation.resume(returning: nil) }
    return supply
  }

  private func take(
    into buffer: UnsafeMutableRawBufferPointer, _ state: inout State
  ) -> (Supply, [CheckedContinuation<HTTPError.Code?, Never>]) {
    if state.end == .gone { return (.broken, []) }
    guard state.count > 0 else {
      switch state.end {
      case .open:
        // Under this lock, so that no write falls between the look and the sleep.
        return (gate.suspend() ? .suspended : .broken, [])
      case .finished: return (.end, [])
      case .cut, .gone: return (.broken, [])
      }
    }
    let count = min(buffer.count, state.count)
    unsafe buffer.copyBytes(from: state.unsent[state.taken..<state.taken + count])
    state.taken += count
    if state.taken == state.unsent.count {
      state.unsent.removeAll(keepingCapacity: state.unsent.count <= 64 << 10)
      state.taken = 0
    } else if state.taken > state.unsent.count / 2 {
      state.unsent.removeFirst(state.taken)
      state.taken = 0
    }
    guard state.count <= Self.highWater else { return (.bytes(count), []) }
    defer { state.waiting = [:] }
    return (.bytes(count), Array(state.waiting.values))
  }

  private func close(_ end: End) {
    let waiting: [CheckedContinuation<HTTPError.Code?, Never>] = state.withLock { state in
      guard state.end == .open || end == .gone else { return [] }
      state.end = end
      if end == .gone {
        state.unsent = []
        state.taken = 0
      }
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: .cut) }
    gate.resume()
  }

  private func error(_ code: HTTPError.Code) -> HTTPError {
    HTTPError(
      code,
      code == .cancelled
        ? "Writing the reply was cancelled."
        : "The client went away before the reply was complete.",
      context: context, requestMayHaveBeenSent: true)
  }
}
