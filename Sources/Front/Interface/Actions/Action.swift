/// Something a person can do, said once: dispatch, hints, help, README and every sentence that names its key
/// come from here.
struct Action: Sendable {
  let id: ActionID
  /// A word or a few.
  let title: String
  /// One sentence.
  let summary: String
  let context: KeyContext
  /// Unless a keymap says otherwise. The first is the one that is named, and works in every terminal.
  let keys: [KeySequence]
  let command: Command
  /// A word or two for the hint line; nil where it would only crowd it.
  let hint: String?
  /// Where on the line the hint goes; the first and the last stay on the narrowest one.
  let place: HintPlace
  /// Whether it changes or uses something that should be seen when it does.
  let actsOnWhatIsShown: Bool
  /// Whether its key may answer a question on the message line.
  let answersQuestions: Bool
  /// Whether it can be done now.
  let availability: @Sendable (AppState) -> Availability

  /// Where on the line of hints one goes.
  enum HintPlace: Int, Comparable, Sendable {
    case first, middle, last

    static func < (one: HintPlace, other: HintPlace) -> Bool { one.rawValue < other.rawValue }
  }

  /// - Parameter title: nil where the summary is short enough for one.
  init(
    _ id: ActionID, _ context: KeyContext, _ keys: [KeySequence], _ command: Command,
    hint: String? = nil, title: String? = nil, _ summary: String, place: HintPlace = .middle,
    actsOnWhatIsShown: Bool = true, answersQuestions: Bool = false,
    availability: @escaping @Sendable (AppState) -> Availability = { _ in .yes }
  ) {
    self.id = id
    self.title = title ?? summary
    self.summary = summary
    self.context = context
    self.keys = keys
    self.command = command
    self.hint = hint
    self.place = place
    self.actsOnWhatIsShown = actsOnWhatIsShown
    self.answersQuestions = answersQuestions
    self.availability = availability
  }
}

/// Whether an action can be done now.
enum Availability: Equatable, Sendable {
  case yes
  /// The sentence says why not.
  case no(String)
}
