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
