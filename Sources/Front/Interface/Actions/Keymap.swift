import Screen

/// Which keys mean which actions: those of the registry, or others.
struct Keymap: Equatable, Sendable {
  private let changes: [ActionID: [KeySequence]]
  private let meanings: [KeySequence: [Meaning]]
  private let hints: [(context: KeyContext, rows: [HintRow])]

  private struct Meaning: Sendable {
    let context: KeyContext
    let match: Match
  }

  /// What the line of hints may say of an action.
  struct HintRow: Sendable {
    let id: ActionID
    /// The same number for the same key; nil where it has none.
    let key: Int?
    /// Nil where it would only crowd the line.
    let hint: HintLine.Hint?
    let availability: (@Sendable (AppState) -> Availability)?
  }

  /// What a sequence of keys means.
  enum Match: Equatable, Sendable {
    case action(ActionID)
    /// The beginning of a longer one.
    case prefix
    case nothing
  }

  static let standard = Keymap()

  /// - Parameter changes: keys in the place of those an action has by itself.
  init(_ changes: [ActionID: [KeySequence]] = [:]) {
    var meanings: [KeySequence: [Meaning]] = [:]
    func mean(_ match: Match, by keys: KeySequence, in context: KeyContext) {
      meanings[keys, default: []].removeAll { $0.context == context }
      meanings[keys]?.append(Meaning(context: context, match: match))
    }
    var firstKeys: [KeySequence] = []
    func number(_ keys: KeySequence) -> Int {
      if let number = firstKeys.firstIndex(of: keys) { return number }
      firstKeys.append(keys)
      return firstKeys.count - 1
    }
    hints = ActionRegistry.byContext.map { context, actions in
      let rows = actions.map { action in
        let sequences = changes[action.id] ?? action.keys
        for sequence in sequences {
          for count in 1..<max(1, sequence.keys.count) {
            mean(.prefix, by: KeySequence(Array(sequence.keys.prefix(count))), in: context)
          }
          mean(.action(action.id), by: sequence, in: context)
        }
        // One word for both ways.
        let other = action.id == .previousValue ? ActionRegistry[.nextValue] : nil
        let both = other.flatMap { (changes[$0.id] ?? $0.keys).first }
        let label = ([sequences.first, both].compactMap { $0?.label }).joined(separator: " ")
        return HintRow(
          id: action.id, key: sequences.first.map(number),
          hint: action.hint.map { HintLine.Hint(key: label, text: $0, place: action.place) },
          availability: action.availability)
      }
      return (context, rows)
    }
    self.changes = changes
    self.meanings = meanings
  }

  static func == (one: Keymap, other: Keymap) -> Bool { one.changes == other.changes }

  /// Innermost context first; the first that knows the keys decides.
  func match(_ keys: [Key], in contexts: [KeyContext]) -> Match {
    guard let known = meanings[KeySequence(keys.map(\.normalized))] else { return .nothing }
    for context in contexts {
      if let meaning = known.first(where: { $0.context == context }) { return meaning.match }
    }
    return .nothing
  }

  /// What hints may be of, in the order of the registry.
  func hints(in context: KeyContext) -> [HintRow] {
    hints.first { $0.context == context }?.rows ?? []
  }

  func keys(of action: Action) -> [KeySequence] { changes[action.id] ?? action.keys }

  /// The key that hints and sentences name.
  func label(_ id: ActionID) -> String {
    ActionRegistry[id].flatMap { keys(of: $0).first?.label } ?? ""
  }
}
