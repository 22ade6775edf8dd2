/// A grid of cells that views draw on. Writes outside it are clipped; any size down to zero works.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.rows * size.columns)
  }

  /// The cell at a place; blank outside the grid.
  package subscript(row: Int, column: Int) -> Cell {
    guard contains(row, column) else { return .blank }
    return cells[row * size.columns + column]
  }

  /// Draws one grapheme. A wide one that would be cut in half by `clip` or the edge becomes a blank.
  /// - Returns: the columns it took; zero when nothing was drawn because it has no width.
  @discardableResult
  package mutating func put(
    _ character: Character, row: Int, column: Int, _ style: Style = Style(), clip: Rect? = nil
  ) -> Int {
    let width = TextWidth.columns(of: character)
    guard width > 0 else { return 0 }
    let bounds = clip.map { $0.intersection(Rect(size)) } ?? Rect(size)
    guard row >= bounds.row, row < bounds.row + bounds.rows else { return width }
    let right = bounds.column + bounds.columns
    guard column < right, column + width > bounds.column else { return width }
    let isCut = column < bounds.column || column + width > right
    for offset in 0..<width where column + offset >= bounds.column && column + offset < right {
      breakWide(row, column + offset)
      let drawn: Character? = isCut ? " " : (offset == 0 ? character : nil)
      cells[row * size.columns + column + offset] = Cell(drawn, style)
    }
    return width
  }

  /// Draws text from a place to the right; graphemes without width are left out.
  /// - Returns: the columns it took, drawn or clipped.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, row: Int, column: Int, _ style: Style = Style(), clip: Rect? = nil
  ) -> Int {
    var offset = 0
    for character in text {
      offset += put(character, row: row, column: column + offset, style, clip: clip)
    }
    return offset
  }

  /// Fills a rectangle with one character of width one.
  package mutating func fill(
    _ rect: Rect, with character: Character = " ", _ style: Style = Style()
  ) {
    let part = rect.intersection(Rect(size))
    for row in part.row..<(part.row + part.rows) {
      for column in part.column..<(part.column + part.columns) {
        put(character, row: row, column: column, style)
      }
    }
  }

  /// Gives every cell of a rectangle a style and leaves its text alone.
  package mutating func restyle(_ rect: Rect, _ style: Style) {
    let part = rect.intersection(Rect(size))
    for row in part.row..<(part.row + part.rows) {
      for column in part.column..<(part.column + part.columns) {
        cells[row * size.columns + column].style = style
      }
    }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < size.rows && column >= 0 && column < size.columns
  }

  /// Blanks the other half of a wide grapheme of which one half is about to be overwritten.
  private mutating func breakWide(_ row: Int, _ column: Int) {
    let index = row * size.columns + column
    if cells[index].character == nil, column > 0 {
      cells[index - 1].character = " "
      cells[index].character = " "
    }
    if column + 1 < size.columns, cells[index + 1].character == nil {
      cells[index + 1].character = " "
    }
  }
}
