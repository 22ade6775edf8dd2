import Screen

extension ActionID {
  static let help: ActionID = "help.open"
}

extension HelpPage: LayerState {
  static let actions = [
    Action(
      "browse.help", .browsing, [.plain("?")], .view(.help), title: "Help", "Show all keys",
      actsOnWhatIsShown: false),
    Action(
      .help, .studio, [.key(.function(1))], .view(.help), hint: "help", title: "Help",
      "Show all keys", place: .last, actsOnWhatIsShown: false),
    Action(
      "help.close", .help, [.plain("q"), .plain("?"), .key(.function(1)), .key(.enter)], .back,
      hint: "close", "Close the help", actsOnWhatIsShown: false),
  ]

  static func opened(by action: ActionID, from state: AppState) -> (any LayerState)? {
    guard action == .help else { return nil }
    return HelpPage(for: state.contexts, state.keymap)
  }

  var contexts: [KeyContext] { [.help, .list] }
  var coversMessages: Bool { true }

  mutating func perform(_ command: Command, _ facts: LayerFacts) -> [LayerRequest]? {
    switch command {
    case .step(let step): self.step(step)
    case .back: return [.close]
    default: return nil
    }
    return []
  }

  mutating func point(_ event: MouseEvent, in area: Rect) { scroll(by: event.scrolledLines) }
}
