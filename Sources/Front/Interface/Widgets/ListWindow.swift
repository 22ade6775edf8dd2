/// Which rows of a list are seen.
struct ListWindow: Equatable, Sendable {
  /// The first row shown.
  private(set) var top = 0
  /// How many rows are shown, as last told by `fit`.
  private(set) var rows = 1

  /// Takes in the height of the pane and the length of the list; keeps the window filled.
  mutating func fit(rows: Int, count: Int) {
    self.rows = max(1, rows)
    top = min(max(0, top), max(0, count - self.rows))
  }

  /// Moves the window as little as shows a row.
  mutating func reveal(_ row: Int) {
    if row < top { top = max(0, row) }
    if row >= top + rows { top = row - rows + 1 }
  }

  /// Moves the window by half of its rows where a step leads out of it: as every line is another one whenever it
  /// moves, it moves seldom.
  mutating func turn(to row: Int, count: Int) {
    guard row < top || row >= top + rows else { return }
    scroll(by: max(1, rows / 2) * (row < top ? -1 : 1), count: count)
  }

  /// Has as many rows above a row in sight as below it.
  mutating func center(on row: Int, count: Int) {
    top = min(max(0, row - (rows - 1) / 2), max(0, count - rows))
  }

  mutating func scroll(by lines: Int, count: Int) {
    top = min(max(0, top + lines), max(0, count - rows))
  }

  /// The row nearest to another one that is shown: the wheel takes the selection along.
  func nearest(to row: Int, count: Int) -> Int {
    min(max(row, top), max(0, min(top + rows, count) - 1))
  }

  /// Where a step leads from a row.
  func target(of step: ListStep, from row: Int, count: Int) -> Int {
    let page = max(1, rows - 1)
    let goal =
      switch step {
      case .up: row - 1
      case .down: row + 1
      case .pageUp: row - page
      case .pageDown: row + page
      case .first: 0
      case .last: count - 1
      }
    return min(max(0, goal), max(0, count - 1))
  }

  /// The row under a line of the pane; nil below the last.
  func row(atLine line: Int, count: Int) -> Int? {
    let row = top + line
    return line >= 0 && line < rows && row < count ? row : nil
  }
}

/// How a selection moves through a list.
enum ListStep: Equatable, Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
}
