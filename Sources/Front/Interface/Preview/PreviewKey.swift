/// What the terminal shows of a picture that is made of cells: what it says of itself decides, once it does.
package struct DrawingCapabilities: Hashable, Sendable {
  /// Whether colours are wanted.
  package var usesColor: Bool
  /// Whether sextants (U+1FB00) are drawn, whatever the font.
  package var drawsSextants: Bool

  package init(usesColor: Bool = true, drawsSextants: Bool = false) {
    self.usesColor = usesColor
    self.drawsSextants = drawsSextants
  }
}

/// Which picture is wanted as cells, how large at most, and made of what.
package struct PreviewKey: Sendable {
  package var pictureID: String
  /// What its file is called in the gallery.
  package var file: String
  /// SHA-256 of the picture; nil where that is not known yet.
  package var imageHash: String?
  /// Cells.
  package var columns: Int
  /// Cells.
  package var rows: Int
  package var drawing: DrawingCapabilities

  package init(
    pictureID: String, file: String, imageHash: String? = nil, columns: Int, rows: Int,
    drawing: DrawingCapabilities = DrawingCapabilities()
  ) {
    self.pictureID = pictureID
    self.file = file
    self.imageHash = imageHash
    self.columns = columns
    self.rows = rows
    self.drawing = drawing
  }
}

extension PreviewKey: Hashable {
  // A picture that has just come is the same one when the hash of it becomes known.
  package static func == (one: PreviewKey, other: PreviewKey) -> Bool {
    one.pictureID == other.pictureID && one.file == other.file && one.columns == other.columns
      && one.rows == other.rows && one.drawing == other.drawing
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(pictureID)
    hasher.combine(columns)
    hasher.combine(rows)
  }
}
