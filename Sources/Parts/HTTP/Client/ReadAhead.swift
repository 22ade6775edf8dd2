import Synchronization

/// Reads the body of a request ahead of libcurl on an executor of its own, which may have to wait for a
/// disk: at most two pieces are in memory.
final class ReadAhead: Sendable {
  private static let pieceLength = 128 << 10

  private struct State {
    var bytes: ArraySlice<UInt8> = []
    var isFilling = false
    /// Whether the client's thread was sent away with nothing.
    var isAwaited = false
    /// Set behind the last byte.
    var end: Result<Void, any Error>?
  }

  private let executor: any TaskExecutor
  private let next: @Sendable (Int) throws -> [UInt8]
  private let onReady: @Sendable () -> Void
  private let state = Mutex(State())

  /// Begins to read.
  ///
  /// - Parameter onReady: Called when there is something after `take` has returned nil, on the executor.
  init(
    on executor: any TaskExecutor, _ next: @escaping @Sendable (Int) throws -> [UInt8],
    onReady: @escaping @Sendable () -> Void
  ) {
    self.executor = executor
    self.next = next
    self.onReady = onReady
    state.withLock { $0.isFilling = true }
    fill()
  }

  /// At most so many further bytes, without waiting; none at the end, and nil where there is nothing yet.
  /// Throws what reading threw, once what came before is taken.
  func take(_ limit: Int) throws -> [UInt8]? {
    let (part, begins) = try state.withLock { state -> ([UInt8]?, Bool) in
      if state.bytes.isEmpty, let end = state.end {
        try end.get()
        return ([], false)
      }
      let part = Array(state.bytes.prefix(limit))
      state.bytes = state.bytes.dropFirst(part.count)
      state.isAwaited = part.isEmpty
      let begins = !state.isFilling && state.end == nil && state.bytes.count < Self.pieceLength
      if begins { state.isFilling = true }
      return (part.isEmpty ? nil : part, begins)
    }
    if begins { fill() }
    return part
  }

  private func fill() {
    Task(executorPreference: executor) { [self] in
      var goesOn = true
      while goesOn {
        let piece = Result { try next(Self.pieceLength) }
        let (isMore, isAwaited) = state.withLock { state -> (Bool, Bool) in
          switch piece {
          case .success(let bytes) where !bytes.isEmpty: state.bytes += bytes
          case .success: state.end = .success(())
          case .failure(let error): state.end = .failure(error)
          }
          state.isFilling = state.end == nil && state.bytes.count < Self.pieceLength
          defer { state.isAwaited = false }
          return (state.isFilling, state.isAwaited)
        }
        goesOn = isMore
        if isAwaited { onReady() }
      }
    }
  }
}
