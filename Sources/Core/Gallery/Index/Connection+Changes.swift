internal import Paging
internal import SQLite

extension Connection {
  /// More changed rows than this are read again as a page.
  private static let mostChanges = 200

  /// - Returns: Nil where the index has forgotten what came after a mark, or too much did.
  func changes(
    since mark: Int64, above position: PicturePosition?, _ schema: Int
  ) throws -> PageChanges<FoldedPicture>? {
    let source = PageSource(self, schema, PictureFilter())
    let newest = try source.mark()
    guard newest >= mark else { return nil }
    var result = PageChanges<FoldedPicture>(
      changed: [], removed: [], total: try source.total(),
      newer: try position.map { try source.count(newerThan: $0.key) }, mark: newest)
    guard newest > mark else { return result }
    guard try source.number("SELECT min(mark) FROM change").map({ $0 <= mark + 1 }) == true,
      try source.number("SELECT 1 FROM change WHERE mark > ? AND kind = 2", [.integer(mark)]) == nil
    else { return nil }
    let ids = try rows(
      "SELECT DISTINCT id FROM change WHERE mark > ? LIMIT ?",
      [.integer(mark), SQLValue(Self.mostChanges + 1)]
    ) { try $0.text(at: 0) }
    guard ids.count <= Self.mostChanges else { return nil }
    for id in ids {
      let found = try source.rows(
        "SELECT \(GalleryReader.columns) FROM picture WHERE id = ? AND \(GalleryReader.hasRow)",
        [.text(id)])
      if let picture = found.first {
        result.changed.append(
          FoldedPicture(picture, layers: try source.layers(above: picture)))
      } else {
        result.removed.append(id)
      }
    }
    result.changed.sort { $0.picture.position > $1.picture.position }
    return result
  }
}
