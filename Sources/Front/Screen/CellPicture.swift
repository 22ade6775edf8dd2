/// A picture made of cells: what a symbol renderer returns and a canvas can show.
package struct CellPicture: Equatable, Sendable {
  package let size: Size
  /// Row by row; as many as `size` says.
  package let cells: [Cell]

  package init(size: Size, cells: [Cell]) {
    precondition(cells.count == size.rows * size.columns)
    self.size = size
    self.cells = cells
  }
}

extension Canvas {
  /// Shows a picture with its top left corner at a place, clipped to `rect`.
  package mutating func show(_ picture: CellPicture, row: Int, column: Int, in rect: Rect) {
    for line in 0..<picture.size.rows {
      for offset in 0..<picture.size.columns {
        let cell = picture.cells[line * picture.size.columns + offset]
        guard let character = cell.character else { continue }
        put(character, row: row + line, column: column + offset, cell.style, clip: rect)
      }
    }
  }
}
