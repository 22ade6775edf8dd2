/// Which picture is wanted as cells, and how large at most.
package struct PreviewKey: Equatable, Hashable, Sendable {
  package var pictureID: String
  /// The file, absolute.
  package var path: String
  /// Cells.
  package var columns: Int
  /// Cells.
  package var rows: Int

  package init(pictureID: String, path: String, columns: Int, rows: Int) {
    self.pictureID = pictureID
    self.path = path
    self.columns = columns
    self.rows = rows
  }
}
