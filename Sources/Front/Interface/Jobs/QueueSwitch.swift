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

  /// Turns it, unless others did since the last key: what is pressed now meant the opposite.
  mutating func turn(_ keymap: Keymap) -> [ViewRequest] {
    let wasPaused = isPaused
    guard hasNews else {
      asked = !wasPaused
      return [.effect(wasPaused ? .resumeQueue : .pauseQueue)]
    }
    let key = keymap.label(.pauseQueue)
    let told =
      wasPaused
      ? "The queue was paused meanwhile; press \(key) to let it go on."
      : "The queue was let go on meanwhile; press \(key) to pause it."
    return [.say(Notice(.warning, told))]
  }

  /// Takes in how it stands, and says where it was turned.
  ///
  /// - Parameter pauseKeys: what lets it go on.
  mutating func reported(_ now: QueueStatus, pauseKeys: String) -> [ViewRequest] {
    let wasPaused = status.isPaused
    if now.isPaused == asked {
      asked = nil
    } else if now.isPaused != status.isPaused {
      hasNews = true
      asked = nil
    }
    status = now
    guard now.isPaused != wasPaused else { return [] }
    let paused =
      "The queue is paused: nothing more is sent until \(pauseKeys) lets it go on."
    return [
      .tell(
        wasPaused ? Notice(.success, "The queue goes on.") : Notice(.information, paused))
    ]
  }

  /// What was told so far has been seen.
  mutating func keyTaken() { hasNews = false }
}

extension Keymap {
  /// Keys of the list of jobs and pictures, behind the one that leads there from another pane.
  func keys(_ ids: ActionID..., from pane: Pane) -> String {
    ((pane == .history ? [] : [.goToHistory]) + ids).map(label).joined(separator: " ")
  }
}
