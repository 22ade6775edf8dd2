import Screen

extension ParameterForm {
  private static let labelColumns = 12

  /// - Returns: the caret of the input, or the selected row.
  func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool) -> Position? {
    if let choices { return choices.draw(on: &canvas, in: rect) }
    var cursor: Position?
    let fields = fields
    for line in 0..<rect.rows {
      guard let row = window.row(atLine: line, count: fields.count) else { break }
      let place = Rect(row: rect.row + line, column: rect.column, rows: 1, columns: rect.columns)
      let isSelected = fields[row] == selected
      if isSelected, let input {
        cursor = input.draw(
          on: &canvas, row: place.row, column: place.column, columns: place.columns)
        continue
      }
      draw(fields[row], on: &canvas, in: place, isSelected: isSelected && isFocused)
      if isSelected { cursor = Position(row: place.row, column: place.column) }
    }
    return isFocused ? cursor : nil
  }

  /// What is wrong with the selected row, for the message line.
  var selectedProblem: String? { input?.message ?? problems[selected] }

  private func draw(_ field: Parameter, on canvas: inout Canvas, in place: Rect, isSelected: Bool) {
    let hasProblem = problems[field] != nil
    canvas.write(field.label, row: place.row, column: place.column, Style(.label), clip: place)
    if hasProblem {
      canvas.write(
        "!", row: place.row, column: place.column + Self.labelColumns - 2, Style(.error),
        clip: place)
    }
    let left = place.column + Self.labelColumns
    let room = place.column + place.columns - left
    let value = DisplayText.visible(shownValue(of: field))
    let shown = DisplayText.truncated(isSelected ? "‹ \(value) ›" : value, to: room)
    canvas.write(
      shown, row: place.row, column: left, Style(hasProblem ? .error : .value), clip: place)
    if isSelected { canvas.restyle(place, Style(.selection)) }
  }
}
