import Screen

extension ListWindow {
  /// Says on the right edge of a pane that there is more above or below.
  ///
  /// - Parameters:
  ///   - area: where the rows are, the first one at its top.
  ///   - column: the edge.
  func drawEdges(
    on canvas: inout Canvas, in area: Rect, column: Int, count: Int, _ style: Style,
    goesOn: (above: Bool, below: Bool) = (false, false)
  ) {
    let last = min(rows, area.rows) - 1
    guard last >= 0, area.columns > 0 else { return }
    let (isAbove, isBelow) = (
      top > 0 || goesOn.above, top + last + 1 < count || goesOn.below
    )
    if last == 0, isAbove, isBelow {
      canvas.put("↕", row: area.row, column: column, style)
      return
    }
    if isAbove { canvas.put("↑", row: area.row, column: column, style) }
    if isBelow { canvas.put("↓", row: area.row + last, column: column, style) }
  }
}
