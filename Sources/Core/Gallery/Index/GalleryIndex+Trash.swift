internal import SQLite
internal import Seedream

// The rows of the trash. Two pictures there may have one id; a path has one.
extension GalleryIndex {
  func picture(_ id: PictureID) throws(GalleryError) -> PictureRecord? {
    try reporting {
      try connection.rows(
        "SELECT \(GalleryReader.columns) FROM picture WHERE id = ?", [.text(id.description)],
        read: GalleryReader.record
      ).first
    }
  }

  func trashed(_ id: PictureID) throws(GalleryError) -> TrashedPicture? {
    try reporting {
      try connection.rows(
        "\(GalleryReader.trash) WHERE id = ? ORDER BY trashed DESC, path LIMIT 1",
        [.text(id.description)], read: GalleryReader.trashed
      ).first
    }
  }

  func trashPaths() throws(GalleryError) -> Set<String> {
    try reporting {
      Set(try connection.rows("SELECT path FROM trash", []) { try $0.text(at: 0) })
    }
  }

  func moveToTrash(_ picture: TrashedPicture, from: String) throws(GalleryError) {
    try reporting {
      try connection.transaction {
        let row = try connection.rows(
          "SELECT 1 FROM picture WHERE id = ? AND path = ?",
          [.text(picture.picture.id.description), .text(from)]
        ) { _ in true }
        if !row.isEmpty { try remove(picture.picture.id) }
        try addToTrash(picture)
      }
    }
  }

  func restore(
    _ record: PictureRecord, from trashPath: String
  ) throws(GalleryError) -> PictureRecord {
    try reporting {
      try connection.transaction {
        try connection.execute("DELETE FROM trash WHERE path = ?", [.text(trashPath)])
        try remove(record.id)
        return try add(record)
      }
    }
  }

  func removeFromTrash(_ path: String) throws(GalleryError) {
    try reporting { try connection.execute("DELETE FROM trash WHERE path = ?", [.text(path)]) }
  }

  func addToTrash(_ picture: TrashedPicture) throws {
    try connection.execute(
      """
      INSERT OR REPLACE INTO trash (\(Self.columns), trashed, trashed_offset_minutes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      Self.values(of: picture.picture) + [
        .integer(picture.trashed.milliseconds), SQLValue(picture.trashed.offsetMinutes),
      ])
  }

  private func reporting<Value>(_ body: () throws -> Value) throws(GalleryError) -> Value {
    do {
      return try body()
    } catch {
      throw Self.error(error, path)
    }
  }
}
