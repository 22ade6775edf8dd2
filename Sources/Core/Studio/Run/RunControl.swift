import Synchronization

/// The parts of a run that a user may end early: the pauses and the request. Fetching goes on, since
/// what is drawn is paid for.
final class RunControl: Sendable {
  private struct State {
    var isCancelled = false
    var stop: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock(\.isCancelled) }

  /// Ends what is under way and everything that would come after it.
  func cancel() {
    let stop = state.withLock { state in
      state.isCancelled = true
      return state.stop
    }
    stop?()
  }

  /// Does something that `cancel` may end; one thing at a time.
  ///
  /// - Parameter patience: How long it still goes on after it is cancelled.
  func during<Value: Sendable>(
    patience: @escaping @Sendable () -> Duration = { .zero },
    _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    let task = Task { await work() }
    let isCancelled = state.withLock { state in
      state.stop = {
        let patience = patience()
        guard patience > .zero else { return task.cancel() }
        Task {
          try? await Task.sleep(for: patience)
          task.cancel()
        }
      }
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
    defer { state.withLock { $0.stop = nil } }
    return await task.value
  }
}
