import Screen

extension PromptPane: PaneState {
  var contexts: [KeyContext] { [.prompt, .text, .studio] }

  /// All of it is a text; there is no line in it.
  var line: LineInput? {
    get { nil }
    set {}
  }

  var scrolled: Scrolled { Scrolled(window: window, count: editor.wrap.lines.count) }

  func draw(on canvas: inout Canvas, in area: Rect, _ facts: PaneFacts) -> Position? {
    draw(on: &canvas, in: area)
  }

  mutating func step(_ step: ListStep) -> [AppEffect] { [] }

  mutating func accept() -> [AppEffect] { [] }

  mutating func back() -> [AppEffect]? {
    guard editor.anchor != nil else { return nil }
    editor.anchor = nil
    return []
  }

  mutating func edit(_ change: (inout TextEditor) -> Void) {
    change(&editor)
    revealCaret()
  }

  mutating func press(at place: Position, selecting: Bool) -> [AppEffect] {
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
