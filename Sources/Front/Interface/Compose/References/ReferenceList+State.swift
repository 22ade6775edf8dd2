import Screen

extension ReferenceList: ViewState {
  static let actions = [
    Action(
      .addReference, .references, [.plain("a"), .key(.insert)], hint: "add",
      title: "Add a reference", "Add a file or a URL", does: { $0.compose.references.openInput() }),
    Action(
      .editReference, .references, [.plain("e"), .key(.enter)], hint: "correct",
      title: "Correct a reference", "Correct what was typed",
      does: { $0.compose.references.correctSelected() }),
    Action(
      .removeReference, .references, [.plain("x"), .key(.delete), .key(.backspace)],
      hint: "remove", "Remove the reference", does: { $0.compose.references.removeSelected() }),
    Action(
      "reference.down", .references, [.plain("J"), .key(.down, .alt)], hint: "reorder",
      title: "Move the reference down", "Move it down",
      does: { $0.compose.references.moveSelected(by: 1) }),
    Action(
      "reference.up", .references, [.plain("K"), .key(.up, .alt)], title: "Move the reference up",
      "Move it up", does: { $0.compose.references.moveSelected(by: -1) }),
  ]

  var contexts: [KeyContext] { line != nil ? .typing : [.references] + .browsing }

  var scrolled: Scrolled? { Scrolled(window: window, count: items.count) }

  func notice(_ keymap: Keymap) -> Notice? { selectedNotice }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    select(window.target(of: step, from: selected, count: items.count))
    return []
  }

  /// Puts what is typed on the list and has it looked at. The answer finds it there: the keys that follow
  /// mean the same before it and after.
  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] {
    guard let line else { return [] }
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
    return [.effect(.inspectReference(token: item.token, text))]
  }

  mutating func back() -> [AppEffect]? {
    guard line != nil else { return nil }
    closeInput()
    return []
  }

  /// A paste over the list opens the input.
  mutating func paste(_ text: String) -> Bool {
    openInput(text)
    return true
  }

  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
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
