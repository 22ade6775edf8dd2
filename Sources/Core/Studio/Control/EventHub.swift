import Synchronization

/// Tells every listener what changed. A slow listener costs one entry a job, however much happens.
final class EventHub: Sendable {
  private struct State {
    var listeners: [Int: Listener] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  /// Whether anybody listens.
  var hasListeners: Bool { state.withLock { !$0.listeners.isEmpty } }

  /// A new listener; it hears everything from now on until it is dropped with `remove`.
  func listen() -> Listener {
    state.withLock { state in
      state.count += 1
      let listener = Listener(number: state.count)
      state.listeners[listener.number] = listener
      return listener
    }
  }

  func remove(_ listener: Listener) {
    state.withLock { _ = $0.listeners.removeValue(forKey: listener.number) }
  }

  func tell(_ status: JobStatus) {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.add(status) }
  }

  func tell(_ queue: QueueStatus) {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.add(queue) }
  }

  /// Ends every listener's stream.
  func close() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.end() }
  }
}
