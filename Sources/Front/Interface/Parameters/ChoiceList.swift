import Screen

/// The list of all values of one parameter, in front of the other panes.
struct ChoiceList: Equatable, Sendable {
  let field: Parameter
  let items: [ParameterChoice]
  private(set) var selected: Int
  private(set) var window = ListWindow()

  init(field: Parameter, items: [ParameterChoice], selected: Int) {
    self.field = field
    self.items = items
    self.selected = selected
  }

  var chosen: ParameterChoice? { items.indices.contains(selected) ? items[selected] : nil }

  mutating func fit(rows: Int) {
    window.fit(rows: rows, count: items.count)
    window.reveal(selected)
  }

  mutating func step(_ step: ListStep) {
    select(window.target(of: step, from: selected, count: items.count))
  }

  mutating func select(_ row: Int) {
    guard items.indices.contains(row) else { return }
    selected = row
    window.reveal(row)
  }

  mutating func scroll(by lines: Int) {
    window.scroll(by: lines, count: items.count)
    selected = window.nearest(to: selected, count: items.count)
  }

  /// - Returns: the selected row.
  func draw(on canvas: inout Canvas, in rect: Rect) -> Position? {
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
