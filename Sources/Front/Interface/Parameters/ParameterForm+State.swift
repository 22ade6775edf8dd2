import Screen

extension ParameterForm: PaneState {
  var contexts: [KeyContext] {
    if choices != nil { return [.choices, .list, .studio] }
    return input != nil ? .typing : [.parameters] + .browsing
  }

  var line: LineInput? {
    get { input }
    set { input = newValue }
  }

  var openTitle: String? { choices?.field.label }

  var scrolled: Scrolled {
    choices.map { Scrolled(window: $0.window, count: $0.items.count) }
      ?? Scrolled(window: window, count: fields.count)
  }

  func notice(_ keymap: Keymap) -> Notice? { selectedNotice }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  func draw(on canvas: inout Canvas, in area: Rect, _ facts: PaneFacts) -> Position? {
    draw(on: &canvas, in: area, isFocused: facts.isFocused)
  }

  mutating func leave() -> Bool {
    if input != nil { acceptInput() }
    guard input == nil else { return false }
    choices = nil
    return true
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    if choices != nil {
      choices?.step(step)
    } else {
      select(row: window.target(of: step, from: selectedRow, count: fields.count))
    }
    return []
  }

  mutating func accept() -> [AppEffect] {
    if choices != nil { acceptChoice() } else { acceptInput() }
    return []
  }

  mutating func back() -> [AppEffect]? {
    guard choices != nil || input != nil else { return nil }
    (choices, input) = (nil, nil)
    return []
  }

  mutating func begin(with character: Character) -> Bool {
    guard choices == nil, selected.begins(with: character) else { return false }
    openInput(String(character))
    return true
  }

  mutating func press(at place: Position, selecting: Bool) -> [AppEffect] {
    if let choices {
      if let row = choices.window.row(atLine: place.row, count: choices.items.count) {
        self.choices?.select(row)
        acceptChoice()
      }
    } else if let row = window.row(atLine: place.row, count: fields.count), input == nil {
      select(row: row)
    }
    return []
  }

  /// The selection goes along with the wheel, except while a value is typed.
  mutating func scroll(by lines: Int) -> [AppEffect] {
    if choices != nil {
      choices?.scroll(by: lines)
    } else if input == nil, !fields.isEmpty {
      window.scroll(by: lines, count: fields.count)
      select(row: window.nearest(to: selectedRow, count: fields.count))
    }
    return []
  }
}
