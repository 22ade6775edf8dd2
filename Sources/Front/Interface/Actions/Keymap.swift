import Screen

/// Which keys mean which actions: those of the registry, or others.
struct Keymap: Equatable, Sendable {
  private let changes: [ActionID: [KeySequence]]
  private let entries: [KeyContext: [KeySequence: Entry]]

  private enum Entry: Sendable {
    case action(ActionID)
    case prefix
  }

  /// What a sequence of keys means.
  enum Match: Equatable, Sendable {
    case command(Command)
    /// The beginning of a longer one.
    case prefix
    case nothing
  }

  static let standard = Keymap()

  /// - Parameter changes: keys in the place of those an action has by itself.
  init(_ changes: [ActionID: [KeySequence]] = [:]) {
    var entries: [KeyContext: [KeySequence: Entry]] = [:]
    for action in ActionRegistry.all {
      for sequence in changes[action.id] ?? action.keys {
        for count in 1..<max(1, sequence.keys.count) {
          entries[action.context, default: [:]][KeySequence(Array(sequence.keys.prefix(count)))] =
            .prefix
        }
        entries[action.context, default: [:]][sequence] = .action(action.id)
      }
    }
    self.changes = changes
    self.entries = entries
  }

  static func == (one: Keymap, other: Keymap) -> Bool { one.changes == other.changes }

  /// Innermost context first; the first that knows the keys decides.
  func match(_ keys: [Key], in contexts: [KeyContext]) -> Match {
    let sequence = KeySequence(keys.map(\.normalized))
    for context in contexts {
      switch entries[context]?[sequence] {
      case nil: continue
      case .prefix: return .prefix
      case .action(let id): return ActionRegistry[id].map { Match.command($0.command) } ?? .nothing
      }
    }
    return .nothing
  }

  func keys(of action: Action) -> [KeySequence] { changes[action.id] ?? action.keys }

  /// The key that hints and sentences name.
  func label(_ id: ActionID) -> String {
    ActionRegistry[id].flatMap { keys(of: $0).first?.label } ?? ""
  }
}
