import Screen

extension ReferenceList: PaneState {
  var contexts: [KeyContext] { input != nil ? .typing : [.references] + .browsing }

  var line: LineInput? {
    get { input }
    set { input = newValue }
  }

  var openPath: String? { input?.editor.text.trimmed }

  var scrolled: Scrolled { Scrolled(window: window, count: items.count) }

  func notice(_ keymap: Keymap) -> Notice? { selectedNotice }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    select(window.target(of: step, from: selected, count: items.count))
    return []
  }

  /// Puts what is typed on the list and has it looked at. The answer finds it there: the keys that follow
  /// mean the same before it and after.
  mutating func accept() -> [AppEffect] {
    guard let line = input else { return [] }
    let old = items.firstIndex { $0.token == corrected }
    closeInput()
    let text = line.editor.text.trimmed
    guard !text.isEmpty else { return [] }
    let item = Item(token: makeToken(), text: text, state: .checking)
    if let old {
      items[old] = item
      problems = [:]
      select(old)
    } else {
      append(item)
    }
    return [.inspectReference(token: item.token, text)]
  }

  mutating func back() -> [AppEffect]? {
    guard input != nil else { return nil }
    closeInput()
    return []
  }

  /// A paste over the list opens the input.
  mutating func paste(_ text: String) -> Bool {
    openInput(text)
    return true
  }

  mutating func press(at place: Position, selecting: Bool) -> [AppEffect] {
    if let row = window.row(atLine: place.row, count: items.count) { select(row) }
    return []
  }

  /// The selection goes along with the wheel.
  mutating func scroll(by lines: Int) -> [AppEffect] {
    window.scroll(by: lines, count: items.count)
    if !items.isEmpty { selected = window.nearest(to: selected, count: items.count) }
    return []
  }
}
