import Screen

extension PromptPane: ViewState {
  static let actions = [
    Action(
      "prompt.newline", .prompt, [.key(.enter), .control("j")], title: "New line",
      "Begin a new line", does: { $0.edit { $0.perform(.newline) } })
  ]

  var contexts: [KeyContext] { [.prompt, .text, .studio] }

  var scrolled: Scrolled? { Scrolled(window: window, count: editor.wrap.lines.count) }

  func draw(on canvas: inout Canvas, in area: Rect, _ facts: ViewFacts) -> Position? {
    draw(on: &canvas, in: area)
  }

  mutating func back() -> [AppEffect]? {
    guard editor.anchor != nil else { return nil }
    editor.anchor = nil
    return []
  }

  mutating func edit(_ change: (inout TextEditor) -> Void) {
    change(&editor)
    revealCaret()
  }

  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
    point(row: place.row, column: place.column, selecting: selecting)
    return []
  }

  mutating func drag(to place: Position) {
    point(row: place.row, column: place.column, selecting: true)
  }

  mutating func scroll(by lines: Int) -> [AppEffect] {
    scrollText(by: lines)
    return []
  }
}
