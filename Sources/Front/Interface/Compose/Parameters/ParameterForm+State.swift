import Screen

extension ParameterForm: ViewState {
  static let actions = [
    Action(
      .previousValue, .parameters, [.key(.left), .plain("h")], hint: "change", "Previous value",
      does: { $0.compose.parameters.change(by: -1) }),
    Action(
      .nextValue, .parameters, [.key(.right), .plain("l"), .plain(" ")], "Next value",
      does: { $0.compose.parameters.change(by: 1) }),
    Action(
      "parameter.choose", .parameters, [.key(.enter)], hint: "choose", title: "Choose a value",
      "Choose from all values, or type one",
      does: { $0.openChoices() }),
    Action(
      "parameter.type", .parameters, [.plain("e"), .key(.backspace)], hint: "type",
      title: "Type a value", "Type a value (or begin with a digit)",
      does: { state in
        if state.compose.parameters.selected.isTyped {
          state.compose.parameters.openInput()
        } else {
          state.openChoices()
        }
      }),
  ]

  var contexts: [KeyContext] { line != nil ? .typing : [.parameters] + .browsing }

  var scrolled: Scrolled? { Scrolled(window: window, count: fields.count) }

  func notice(_ keymap: Keymap) -> Notice? { problems[selected]?.notice }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  func draw(on canvas: inout Canvas, in area: Rect, _ facts: ViewFacts) -> Position? {
    draw(on: &canvas, in: area, isFocused: facts.isFocused)
  }

  mutating func leave() -> Bool {
    acceptInput()
    return line == nil
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    select(row: window.target(of: step, from: selectedRow, count: fields.count))
    return []
  }

  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] {
    acceptInput()
    return []
  }

  mutating func back() -> [AppEffect]? {
    guard line != nil else { return nil }
    line = nil
    return []
  }

  mutating func begin(with character: Character) -> Bool {
    guard selected.begins(with: character) else { return false }
    openInput(String(character))
    return true
  }

  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
    if let row = window.row(atLine: place.row, count: fields.count), line == nil {
      select(row: row)
    }
    return []
  }

  /// The selection goes along with the wheel, except while a value is typed.
  mutating func scroll(by lines: Int) -> [AppEffect] {
    guard line == nil, !fields.isEmpty else { return [] }
    window.scroll(by: lines, count: fields.count)
    select(row: window.nearest(to: selectedRow, count: fields.count))
    return []
  }
}
