import Synchronization

/// One moment at which a thread that sleeps in `EventPoll` wants to be awake; any thread may set it.
final class WakeTimer: Sendable {
  private let time = Mutex<ContinuousClock.Instant?>(nil)

  /// When it goes off; nil while it is not set.
  var next: ContinuousClock.Instant? { time.withLock { $0 } }

  /// Sets it in place of what was set before; nil takes that back.
  func set(_ new: ContinuousClock.Instant?) { time.withLock { $0 = new } }

  /// Whether its time has come; then it is not set any more.
  func goesOff(by now: ContinuousClock.Instant) -> Bool {
    time.withLock { time in
      guard let due = time, due <= now else { return false }
      time = nil
      return true
    }
  }
}
