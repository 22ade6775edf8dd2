import Screen
import Seedream

extension ParameterForm {
  private static let labelColumns = 12

  /// - Returns: the caret of the input, or the selected row.
  func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool) -> Position? {
    var cursor: Position?
    let fields = fields
    for offset in 0..<rect.rows {
      guard let row = window.row(atLine: offset, count: fields.count) else { break }
      let place = Rect(row: rect.row + offset, column: rect.column, rows: 1, columns: rect.columns)
      let isSelected = fields[row] == selected
      if isSelected, let line {
        cursor = line.draw(
          on: &canvas, row: place.row, column: place.column, columns: place.columns)
        continue
      }
      draw(fields[row], on: &canvas, in: place, isSelected: isSelected && isFocused)
      if isSelected { cursor = Position(row: place.row, column: place.column) }
    }
    return isFocused ? cursor : nil
  }

  private func draw(_ field: Parameter, on canvas: inout Canvas, in place: Rect, isSelected: Bool) {
    let problem = problems[field]
    let isBlocked = problem?.severity == .blocking
    canvas.write(field.label, row: place.row, column: place.column, Style(.label), clip: place)
    if problem != nil {
      canvas.write(
        isBlocked ? "!" : "i", row: place.row, column: place.column + Self.labelColumns - 2,
        Style(isBlocked ? .error : .dim), clip: place)
    }
    let left = place.column + Self.labelColumns
    let room = place.column + place.columns - left
    let value = DisplayText.visible(shownValue(of: field))
    let shown = DisplayText.truncated(isSelected ? "‹ \(value) ›" : value, to: room)
    let used = canvas.write(
      shown, row: place.row, column: left, Style(isBlocked ? .error : .value), clip: place)
    if let problem, !isBlocked {
      canvas.write(
        DisplayText.truncated(DisplayText.visible(problem.sentence), to: room - used - 2),
        row: place.row, column: left + used + 2, Style(.dim), clip: place)
    }
    if isSelected { canvas.restyle(place, Style(.selection)) }
  }
}
