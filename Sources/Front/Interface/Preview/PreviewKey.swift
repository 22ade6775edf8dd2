/// Which picture is wanted as cells, and how large at most.
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

  package init(
    pictureID: String, file: String, imageHash: String? = nil, columns: Int, rows: Int
  ) {
    self.pictureID = pictureID
    self.file = file
    self.imageHash = imageHash
    self.columns = columns
    self.rows = rows
  }
}

extension PreviewKey: Hashable {
  // A picture that has just come is the same one when the hash of it becomes known.
  package static func == (one: PreviewKey, other: PreviewKey) -> Bool {
    one.pictureID == other.pictureID && one.file == other.file && one.columns == other.columns
      && one.rows == other.rows
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(pictureID)
    hasher.combine(columns)
    hasher.combine(rows)
  }
}
