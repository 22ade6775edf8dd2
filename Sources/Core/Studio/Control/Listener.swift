import Synchronization

/// One reader of events: the newest status of every job that changed since it last looked.
final class Listener: Sendable {
  let number: Int
  private let state = Mutex(State())

  init(number: Int) {
    self.number = number
  }

  private struct State {
    var latest: [String: JobStatus] = [:]
    var order: [String] = []
    var hasEnded = false
    var waiter: CheckedContinuation<Void, Never>?

    var isReady: Bool { !order.isEmpty || hasEnded }
  }

  /// What changed since the last call, oldest first; waits until something has. Nil at the end, and
  /// when the task is cancelled.
  func next() async -> [JobStatus]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.isReady { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      end()
    }
    return state.withLock { state in
      guard !state.order.isEmpty else { return nil }
      defer {
        state.latest = [:]
        state.order = []
      }
      return state.order.compactMap { state.latest[$0] }
    }
  }

  func add(_ status: JobStatus) {
    change { state in
      if state.latest.updateValue(status, forKey: status.id) == nil {
        state.order.append(status.id)
      }
    }
  }

  func end() {
    change { $0.hasEnded = true }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiter = state.withLock { state in
      body(&state)
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
