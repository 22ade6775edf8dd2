/// One cell of the screen.
package struct Cell: Equatable, Sendable {
  /// The grapheme that starts in this cell, or nil where the wide one to its left covers it.
  package var character: Character?
  package var style: Style

  package init(_ character: Character?, _ style: Style = Style()) {
    self.character = character
    self.style = style
  }

  package static let blank = Cell(" ")
}

/// A picture made of cells: what a symbol renderer returns and a canvas can show.
package struct CellPicture: Equatable, Sendable {
  /// The cells as they are drawn: showing them copies words.
  private let canvas: Canvas

  /// - Parameter cells: row by row; as many as `size` says.
  package init(size: Size, cells: [Cell]) {
    precondition(cells.count == size.rows * size.columns)
    var canvas = Canvas(size: size)
    for (index, cell) in cells.enumerated() {
      guard let character = cell.character else { continue }
      canvas.put(character, row: index / size.columns, column: index % size.columns, cell.style)
    }
    self.canvas = canvas
  }

  package var size: Size { canvas.size }

  /// Row by row; as many as `size` says.
  package var cells: [Cell] { canvas.cells }

  fileprivate func draw(on other: inout Canvas, row: Int, column: Int, in rect: Rect) {
    other.copy(canvas, row: row, column: column, in: rect)
  }
}

extension Canvas {
  /// Shows a picture with its top left corner at a place, clipped to `rect`.
  package mutating func show(_ picture: CellPicture, row: Int, column: Int, in rect: Rect) {
    picture.draw(on: &self, row: row, column: column, in: rect)
  }
}
