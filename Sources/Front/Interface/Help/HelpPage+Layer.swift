import Screen

extension ActionID {
  static let help: ActionID = "help.open"
}

extension HelpPage: LayerState {
  static let bindings = [
    Keymap.Binding(
      .browsing, [.plain("?")], .view(.help), "Show all keys", actsOnWhatIsShown: false),
    Keymap.Binding(
      .studio, [.key(.function(1))], .view(.help), hint: "help", "Show all keys", place: .last,
      actsOnWhatIsShown: false),
    Keymap.Binding(
      .help, [.plain("q"), .plain("?"), .key(.function(1)), .key(.enter)], .back, hint: "close",
      "Close the help"),
  ]

  static func opened(by action: ActionID, from state: AppState) -> LayerOpening? {
    action == .help ? .opened(HelpPage(for: state.contexts)) : nil
  }

  var contexts: [KeyContext] { [.help, .list] }
  var coversMessages: Bool { true }

  mutating func perform(_ command: Command) -> [LayerRequest]? {
    switch command {
    case .step(let step): self.step(step)
    case .back: return [.close]
    default: return nil
    }
    return []
  }

  mutating func point(_ event: MouseEvent, in area: Rect) { scroll(by: event.scrolledLines) }
}
