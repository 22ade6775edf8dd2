import Screen

/// A frame with a title. The focused one is heavier and marked, so that it is told apart without colour.
enum Box {
  /// - Returns: what is inside.
  @discardableResult
  static func draw(
    on canvas: inout Canvas, _ rect: Rect, title: String, note: String = "", isFocused: Bool
  ) -> Rect {
    guard rect.rows >= 2, rect.columns >= 2 else {
      return Rect(row: 0, column: 0, rows: 0, columns: 0)
    }
    let lines = isFocused ? Lines.heavy : Lines.light
    let style = Style(isFocused ? .focusedBorder : .border)
    let right = rect.column + rect.columns - 1
    let bottom = rect.row + rect.rows - 1
    for row in [rect.row, bottom] {
      let edge = Rect(row: row, column: rect.column + 1, rows: 1, columns: rect.columns - 2)
      canvas.fill(edge, with: lines.horizontal, style)
    }
    for column in [rect.column, right] {
      let edge = Rect(row: rect.row + 1, column: column, rows: rect.rows - 2, columns: 1)
      canvas.fill(edge, with: lines.vertical, style)
    }
    canvas.put(lines.topLeft, row: rect.row, column: rect.column, style)
    canvas.put(lines.topRight, row: rect.row, column: right, style)
    canvas.put(lines.bottomLeft, row: bottom, column: rect.column, style)
    canvas.put(lines.bottomRight, row: bottom, column: right, style)

    let room = Rect(row: rect.row, column: rect.column + 2, rows: 1, columns: rect.columns - 4)
    let label = DisplayText.truncated(isFocused ? "▸ \(title) " : " \(title) ", to: room.columns)
    let used = canvas.write(
      label, row: room.row, column: room.column, Style(isFocused ? .focusedTitle : .title),
      clip: room)
    if !note.isEmpty, used + TextWidth.columns(of: note) + 3 <= room.columns {
      canvas.write(
        " \(note) ", row: room.row,
        column: room.column + room.columns - TextWidth.columns(of: note) - 2, Style(.dim))
    }
    return rect.inset()
  }

  private struct Lines {
    let horizontal: Character
    let vertical: Character
    let topLeft: Character
    let topRight: Character
    let bottomLeft: Character
    let bottomRight: Character

    static let light = Lines(
      horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰",
      bottomRight: "╯")
    static let heavy = Lines(
      horizontal: "━", vertical: "┃", topLeft: "┏", topRight: "┓", bottomLeft: "┗",
      bottomRight: "┛")
  }
}
