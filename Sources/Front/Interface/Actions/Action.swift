/// Something a user can do, said once: dispatch, hints, help, README and every sentence that names its key
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
  /// A word or two for the hint line; nil where it would only crowd it.
  let hint: String?
  /// Where on the line the hint goes; the first and the last stay on the narrowest one.
  let place: HintPlace
  /// Whether it changes or uses something that should be seen when it does.
  let actsOnWhatIsShown: Bool
  /// Which questions on the message line its key may answer; it takes back every other one.
  let answers: Answers
  /// Whether it can be done now; nil where it always can.
  let availability: (@Sendable (AppState) -> Availability)?
  /// Does it.
  let perform: @Sendable (inout AppState) -> [AppEffect]

  enum Answers: Sendable {
    case nothing
    /// Whether to leave something unfinished.
    case leaving
    case all
  }

  /// Where on the line of hints one goes.
  enum HintPlace: Int, Comparable, Sendable {
    case first, middle, last

    static func < (one: HintPlace, other: HintPlace) -> Bool { one.rawValue < other.rawValue }
  }

  /// - Parameters:
  ///   - title: nil where the summary is short enough for one.
  ///   - change: what it does to the state.
  ///   - ask: what it does where that asks for something outside of the state.
  init(
    _ id: ActionID, _ context: KeyContext, _ keys: [KeySequence],
    hint: String? = nil, title: String? = nil, _ summary: String, place: HintPlace = .middle,
    actsOnWhatIsShown: Bool = true, answers: Answers = .nothing,
    availability: (@Sendable (AppState) -> Availability)? = nil,
    does change: @escaping @Sendable (inout AppState) -> Void = { _ in },
    asks ask: @escaping @Sendable (inout AppState) -> [AppEffect] = { _ in [] }
  ) {
    self.id = id
    self.title = title ?? summary
    self.summary = summary
    self.context = context
    self.keys = keys
    self.hint = hint
    self.place = place
    self.actsOnWhatIsShown = actsOnWhatIsShown
    self.answers = answers
    self.availability = availability
    perform = { state in
      change(&state)
      return ask(&state)
    }
  }
}

/// Whether an action can be done now.
enum Availability: Equatable, Sendable {
  case yes
  /// The sentence says why not.
  case no(String)
}
