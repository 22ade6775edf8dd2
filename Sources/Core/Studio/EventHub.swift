import Synchronization

/// Tells every listener what changed. A slow listener costs one entry a job, however much happens.
final class EventHub: Sendable {
  private let listeners = Mutex<[Int: Listener]>([:])
  private let nextNumber = Atomic(0)

  /// Whether anybody listens.
  var hasListeners: Bool { listeners.withLock { !$0.isEmpty } }

  /// A new listener; it hears everything from now on until it is dropped with `remove`.
  func listen() -> Listener {
    let number = nextNumber.add(1, ordering: .relaxed).newValue
    let listener = Listener(number: number)
    listeners.withLock { $0[number] = listener }
    return listener
  }

  func remove(_ listener: Listener) {
    _ = listeners.withLock { $0.removeValue(forKey: listener.number) }
  }

  func tell(_ status: JobStatus) {
    for listener in listeners.withLock({ Array($0.values) }) { listener.add(status) }
  }

  /// Wakes every listener with nothing to say, so that those who have gone are noticed.
  func probe() {
    for listener in listeners.withLock({ Array($0.values) }) { listener.add(nil) }
  }

  /// Ends every listener's stream.
  func close() {
    for listener in listeners.withLock({ Array($0.values) }) { listener.end() }
  }
}

/// One reader of events: the newest status of every job that changed since it last looked.
final class Listener: Sendable {
  fileprivate let number: Int
  private let state = Mutex(State())

  fileprivate init(number: Int) {
    self.number = number
  }

  private struct State {
    var latest: [String: JobStatus] = [:]
    var order: [String] = []
    var wasProbed = false
    var hasEnded = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  /// What changed since the last call, oldest first; waits for something. Empty after a probe, nil at the end.
  func next() async -> [JobStatus]? {
    while true {
      let found: [JobStatus]?? = state.withLock { state in
        if !state.order.isEmpty || state.wasProbed {
          defer {
            state.latest = [:]
            state.order = []
            state.wasProbed = false
          }
          return .some(state.order.compactMap { state.latest[$0] })
        }
        return state.hasEnded ? .some(nil) : .none
      }
      if let found { return found }
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.order.isEmpty || state.wasProbed || state.hasEnded { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    }
  }

  /// A job's new status, or nil for a probe.
  fileprivate func add(_ status: JobStatus?) {
    change { state in
      guard let status else {
        state.wasProbed = true
        return
      }
      if state.latest.updateValue(status, forKey: status.id) == nil { state.order.append(status.id) }
    }
  }

  fileprivate func end() {
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
