import Screen

/// What of the keys so far matters for the next one.
struct Keyboard: Equatable, Sendable {
  /// The keys of a sequence that is not complete yet.
  var pending: [Key] = []
  /// The last one.
  var pressed = Key(.escape)
  /// Whether that was the one that quits when it is pressed twice.
  var isQuitArmed = false
  /// The keys that came more than once with one read, until the next one.
  private var hurried: [Key] = []

  /// Whether the last one was held down, or typed ahead.
  var isHurried: Bool { hurried.contains(pressed) }

  /// Looks at all that one read brought.
  mutating func expect(_ events: [InputEvent]) {
    var seen: [Key] = []
    hurried = []
    guard events.count > 1 else { return }
    for case .key(let key) in events {
      if !seen.contains(key) {
        seen.append(key)
      } else if !hurried.contains(key) {
        hurried.append(key)
      }
    }
  }
}
