internal import Dispatch
internal import Synchronization

/// A one-way switch that tasks and threads can wait for.
package final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var passing: [AsyncStream<Void>.Continuation] = []
  }

  private let state = Mutex(State())

  package init() {}

  package var isOpen: Bool { state.withLock(\.isOpen) }

  package func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      for feed in state.passing { feed.finish() }
      state.passing = []
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns when it is open, though the task be cancelled before.
  package func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  /// Returns when it is open, or the task is cancelled.
  package func pass() async {
    let (stream, feed) = AsyncStream.makeStream(of: Void.self)
    state.withLock { state in
      if state.isOpen { feed.finish() } else { state.passing.append(feed) }
    }
    for await _ in stream {}
  }

  /// Holds up the thread until it is open.
  package func waitOnThread() {
    let done = DispatchSemaphore(value: 0)
    Task {
      await wait()
      done.signal()
    }
    done.wait()
  }
}
