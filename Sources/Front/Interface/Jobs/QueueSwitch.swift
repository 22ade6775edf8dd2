import Jobs

/// The queue as the service tells of it, and what was asked of it here: to pause, or to go on.
struct QueueSwitch: Equatable, Sendable {
  private(set) var status = QueueStatus()
  /// Whether a pause was asked for, or its end; nil once that was answered.
  private var asked: Bool?
  /// Whether others turned it since the last key.
  private var hasNews = false

  /// Whether it is paused, or is going to be.
  var isPaused: Bool { asked ?? status.isPaused }

  /// Turns it.
  ///
  /// - Returns: nil where others did since the last key: what is pressed now meant the opposite.
  mutating func turn() -> AppEffect? {
    guard !hasNews else { return nil }
    let wasPaused = isPaused
    asked = !wasPaused
    return wasPaused ? .resumeQueue : .pauseQueue
  }

  mutating func reported(_ now: QueueStatus) {
    if now.isPaused == asked {
      asked = nil
    } else if now.isPaused != status.isPaused {
      hasNews = true
      asked = nil
    }
    status = now
  }

  /// What was told so far has been seen.
  mutating func keyTaken() { hasNews = false }
}
