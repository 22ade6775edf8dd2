import Screen

extension ActionID {
  static let help: ActionID = "help.open"
}

extension KeyContext {
  static let help = KeyContext("help", "This help")
}

extension HelpPage: LayerState {
  static let actions = [
    Action(
      "browse.help", .browsing, [.plain("?")], title: "Help", "Show all keys",
      actsOnWhatIsShown: false, does: openHelp),
    Action(
      .help, .studio, [.key(.function(1))], hint: "help", title: "Help", "Show all keys",
      place: .last, actsOnWhatIsShown: false, does: openHelp),
    Action(
      "help.close", .help, [.plain("q"), .plain("?"), .key(.function(1)), .key(.enter)],
      hint: "close", "Close the help", actsOnWhatIsShown: false, asks: { $0.back() }),
  ]

  private static func openHelp(_ state: inout AppState) {
    state.open(HelpPage(for: state.contexts, state.keymap))
  }

  var contexts: [KeyContext] { [.help, .list] }
  var reach: LayerReach { .screen }
  func hasRoom(in area: Rect) -> Bool { true }

  mutating func fit(_ size: Size) {
    let room = Rect(size).inset()
    lay(outIn: room.columns)
    window.fit(rows: room.rows, count: rows.count)
  }

  /// There is no selection: a step moves the window itself.
  mutating func step(_ step: ListStep) -> [AppEffect] {
    switch step {
    case .up: scroll(by: -1)
    case .down: scroll(by: 1)
    case .pageUp: scroll(by: 1 - window.rows)
    case .pageDown: scroll(by: window.rows - 1)
    case .first: scroll(by: -rows.count)
    case .last: scroll(by: rows.count)
    }
  }

  mutating func scroll(by count: Int) -> [AppEffect] {
    window.scroll(by: count, count: rows.count)
    return []
  }

  /// There is no place for one, and nobody to tell.
  mutating func paste(_ text: String) -> Bool { true }
}
