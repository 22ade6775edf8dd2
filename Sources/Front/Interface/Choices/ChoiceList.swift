import Screen

/// The list of all values of one parameter, in the place of the form.
struct ChoiceList: Equatable, Sendable {
  let field: Parameter
  let items: [ParameterChoice]
  private(set) var selected: Int
  private(set) var window = ListWindow()

  /// - Parameter form: its selected parameter.
  init(of form: ParameterForm) {
    field = form.selected
    items = form.choices(for: field)
    let current = form.value(of: field)
    selected = items.firstIndex { $0.value == current } ?? 0
  }

  private mutating func select(_ row: Int) {
    selected = row
    window.reveal(row)
  }

  private var taken: [ViewRequest] {
    guard items.indices.contains(selected) else { return [.close] }
    let value = items[selected].value
    let take = { (state: inout AppState) -> [AppEffect] in
      state.compose.parameters.set(value)
      return []
    }
    return [.close, .change(take)]
  }
}

extension AppState {
  /// Opens the values of the parameter that is selected.
  mutating func openChoices() { open(ChoiceList(of: compose.parameters)) }
}

extension KeyContext {
  static let choices = KeyContext("choices", "List of values")
}

extension ChoiceList: LayerState {
  static let actions = [
    Action(
      "choices.take", .choices, [.key(.enter), .plain(" ")], hint: "take", "Take this value",
      asks: { $0.accept() })
  ]

  var contexts: [KeyContext] { [.choices, .list, .studio] }
  var reach: LayerReach { .pane(.parameters) }
  var title: String? { field.label }
  var scrolled: Scrolled? { Scrolled(window: window, count: items.count) }

  mutating func fit(_ size: Size) {
    window.fit(rows: size.rows, count: items.count)
    window.reveal(selected)
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    select(window.target(of: step, from: selected, count: items.count))
    return []
  }

  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] { taken }

  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
    guard let row = window.row(atLine: place.row, count: items.count) else { return [] }
    select(row)
    return taken
  }

  mutating func scroll(by lines: Int) -> [AppEffect] {
    window.scroll(by: lines, count: items.count)
    selected = window.nearest(to: selected, count: items.count)
    return []
  }

  /// - Returns: the selected row.
  func draw(on canvas: inout Canvas, in rect: Rect, _ facts: ViewFacts) -> Position? {
    canvas.fill(rect)
    for line in 0..<rect.rows {
      guard let row = window.row(atLine: line, count: items.count) else { break }
      let place = Rect(row: rect.row + line, column: rect.column, rows: 1, columns: rect.columns)
      let item = items[row]
      let used = canvas.write(
        DisplayText.visible(item.title), row: place.row, column: place.column, Style(.value),
        clip: place)
      canvas.write(
        item.note, row: place.row, column: place.column + used + 2, Style(.dim), clip: place)
      if row == selected { canvas.restyle(place, Style(.selection)) }
    }
    let line = selected - window.top
    guard line >= 0, line < rect.rows else { return nil }
    return Position(row: rect.row + line, column: rect.column)
  }
}
