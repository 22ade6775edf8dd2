internal import SQLite
internal import Seedream

extension GalleryReader {
  static let trash = "SELECT \(columns), trashed, trashed_offset_minutes FROM trash AS picture"
  private static let schemaWithTrash = 2

  /// Reads the row of `trash`.
  static func trashed(_ row: borrowing Statement) throws -> TrashedPicture {
    TrashedPicture(
      try record(row),
      trashed: Timestamp(
        milliseconds: try row.integer(at: 19),
        offsetMinutes: Int(clamping: try row.integer(at: 20))))
  }

  func trashedPictures() throws(GalleryError) -> [TrashedPicture] {
    try read(
      "\(Self.trash) ORDER BY trashed DESC, path", [], since: Self.schemaWithTrash, Self.trashed)
  }

  func trashedPicture(_ text: String) throws(GalleryError) -> TrashedPicture {
    try PictureID.choose(
      text, \.picture.id,
      among: { prefix throws(GalleryError) in
        // "~" follows every letter of an id.
        let found = try read(
          "\(Self.trash) WHERE id >= ? AND id < ? ORDER BY id, trashed DESC LIMIT 9",
          [.text(prefix), .text(prefix + "~")], since: Self.schemaWithTrash, Self.trashed)
        var ids: Set<PictureID> = []
        return found.filter { ids.insert($0.picture.id).inserted }
      },
      missing: { "No picture in the trash has the id '\($0)'; 'darkroom trash' lists them." })
  }
}
