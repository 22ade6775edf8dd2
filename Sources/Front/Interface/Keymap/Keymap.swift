import Screen

/// The one table of keys: dispatch, hints, help and tests all read it.
enum Keymap {
  /// One line of the table.
  struct Binding: Equatable, Sendable {
    let context: KeyContext
    /// The first is the one hints name.
    let keys: [KeySequence]
    let command: Command
    /// A word or two for the hint line; nil where it would only crowd it.
    let hint: String?
    let help: String
    /// Where on the line the hint goes; the first and the last stay on the narrowest one.
    let place: HintPlace
    /// Whether it changes or uses something that should be seen when it does.
    let actsOnWhatIsShown: Bool
    /// Whether its key may answer a question on the message line.
    let answersQuestions: Bool

    init(
      _ context: KeyContext, _ keys: [KeySequence], _ command: Command, hint: String? = nil,
      _ help: String, place: HintPlace = .middle, actsOnWhatIsShown: Bool = true,
      answersQuestions: Bool = false
    ) {
      self.context = context
      self.keys = keys
      self.command = command
      self.hint = hint
      self.help = help
      self.place = place
      self.actsOnWhatIsShown = actsOnWhatIsShown
      self.answersQuestions = answersQuestions
    }
  }

  /// Where on the line of hints one goes.
  enum HintPlace: Int, Comparable, Sendable {
    case first, middle, last

    static func < (one: HintPlace, other: HintPlace) -> Bool { one.rawValue < other.rawValue }
  }

  /// What a sequence of keys means.
  enum Match: Equatable, Sendable {
    case command(Command)
    /// The beginning of a longer one.
    case prefix
    case nothing
  }

  /// Innermost context first; the first that knows the keys decides.
  static func match(_ keys: [Key], in contexts: [KeyContext]) -> Match {
    let keys = keys.map(\.normalized)
    for context in contexts {
      for binding in bindings where binding.context == context {
        for sequence in binding.keys where sequence.keys.starts(with: keys) {
          return sequence.keys.count == keys.count ? .command(binding.command) : .prefix
        }
      }
    }
    return .nothing
  }

  /// The key that hints name for a command: one that works in every terminal.
  static func label(of command: Command) -> String {
    bindings.first { $0.command == command }?.keys.first?.label ?? ""
  }

  static func bindings(in context: KeyContext) -> [Binding] {
    bindings.filter { $0.context == context }
  }

  static let bindings: [Binding] =
    paneBindings + textBindings + sharedBindings + Layer.kinds.flatMap { $0.bindings }

  /// Whether an action of a layer changes or uses something that should be seen when it does.
  static func actsOnWhatIsShown(_ action: ActionID) -> Bool {
    bindings.first { $0.command == .view(action) }?.actsOnWhatIsShown ?? true
  }

  /// Whether the key of a layer's action may answer a question on the message line.
  static func answersQuestions(_ action: ActionID) -> Bool {
    bindings.first { $0.command == .view(action) }?.answersQuestions ?? false
  }
}
