/// How many colours the symbols may use.
package enum SymbolColors: Equatable, Sendable {
  /// Any colour of 24 bits.
  case truecolor
  /// The colour cube and the grey ramp, indices 16 to 255: the first 16 belong to the user's theme.
  case palette256
  /// The 16 colours of the terminal's theme.
  case palette16
  /// Shapes only.
  case none
}

/// Which characters may be used besides the space.
package enum SymbolShapes: Equatable, Sendable {
  /// Half and quarter blocks: in every font.
  case quadrants
  /// Also blocks of two by three, U+1FB00 to U+1FB3B, from Unicode 13.
  case sextants
  /// Letters and signs of ASCII, for terminals without UTF-8.
  case ascii
}

/// A colour of a cell.
package enum SymbolColor: Equatable, Hashable, Sendable {
  /// An index of the terminal's palette.
  case index(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

/// One character of one column, and its colours; nil is the terminal's own colour.
package struct SymbolCell: Equatable, Sendable {
  package let character: Character
  package let foreground: SymbolColor?
  package let background: SymbolColor?

  package init(character: Character, foreground: SymbolColor?, background: SymbolColor?) {
    self.character = character
    self.foreground = foreground
    self.background = background
  }
}

/// A picture made of characters.
package struct SymbolPicture: Equatable, Sendable {
  /// In cells.
  package let columns: Int
  /// In cells.
  package let rows: Int
  /// Row by row, `columns * rows` of them.
  package let cells: [SymbolCell]

  package init(columns: Int, rows: Int, cells: [SymbolCell]) {
    precondition(cells.count == columns * rows)
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }

  package subscript(column: Int, row: Int) -> SymbolCell { cells[row * columns + column] }
}
