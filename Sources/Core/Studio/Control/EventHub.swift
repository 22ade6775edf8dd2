package import Jobs
import Posix
import Synchronization

/// What the service tells everybody who listens.
package enum StudioEvent: Equatable, Sendable {
  /// A job is new or has changed; the whole of it.
  case job(JobStatus)
  /// Pictures came or went otherwise than by a job: they were put into the trash, or came back.
  case gallery
  /// The queue was paused, resumed, or got into trouble or out of it.
  case queue(QueueStatus)
}

/// Tells every listener what changed, and knows when the service was last of use to anybody. A slow
/// listener costs one entry a job, however much happens.
final class EventHub: Sendable {
  private struct State {
    var listeners: [ObjectIdentifier: Listener] = [:]
    /// Requests that are being answered.
    var requests = 0
    var lastUse = SystemClock.monotonicMilliseconds
  }

  private let state = Mutex(State())
  private let log = Mutex(JobLog())

  /// Whether anybody listens.
  var hasListeners: Bool { state.withLock { !$0.listeners.isEmpty } }

  /// Whether anybody listens or waits for an answer.
  var isUsed: Bool { state.withLock { !$0.listeners.isEmpty || $0.requests > 0 } }

  /// When something last happened, on the monotonic clock in milliseconds.
  var lastUse: Int64 { state.withLock(\.lastUse) }

  /// Somebody asks something, until `endRequest`.
  func beginRequest() { use { $0.requests += 1 } }

  func endRequest() { use { $0.requests -= 1 } }

  /// A new listener; it hears everything from now on until it is dropped with `remove`.
  func listen() -> Listener {
    use { state in
      let listener = Listener()
      state.listeners[ObjectIdentifier(listener)] = listener
      return listener
    }
  }

  func remove(_ listener: Listener) {
    use { _ = $0.listeners.removeValue(forKey: ObjectIdentifier(listener)) }
  }

  func publish(_ status: JobStatus) {
    log.withLock { $0.apply(status) }
    for listener in use({ Array($0.listeners.values) }) { listener.add(.job(status)) }
  }

  func publish(_ queue: QueueStatus) {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.add(.queue(queue)) }
  }

  /// Tells that pictures came or went otherwise than by a job.
  func tellOfGallery() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.add(.gallery) }
  }

  /// Tells what is worth a line of a log, from now on.
  func log(to write: @escaping @Sendable (String) -> Void) {
    log.withLock { $0.write = write }
  }

  /// Writes something else that is worth a line.
  func note(_ line: String) {
    log.withLock { $0.write?(line) }
  }

  /// Ends every listener's stream.
  func close() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.end() }
  }

  private func use<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
    state.withLock { state in
      state.lastUse = SystemClock.monotonicMilliseconds
      return body(&state)
    }
  }
}
