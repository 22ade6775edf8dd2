/// Which picture is wanted as cells, and how large at most.
package struct PreviewKey: Equatable, Hashable, Sendable {
  package var pictureID: String
  /// What its file is called in the gallery.
  package var file: String
  /// Cells.
  package var columns: Int
  /// Cells.
  package var rows: Int

  package init(pictureID: String, file: String, columns: Int, rows: Int) {
    self.pictureID = pictureID
    self.file = file
    self.columns = columns
    self.rows = rows
  }
}
