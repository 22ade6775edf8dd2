internal import Paging
internal import Posix
internal import SQLite
internal import Seedream

/// The writing half of the index in a file of SQLite.
final class GalleryIndex: IndexWriter {
  let connection: Connection
  let path: String
  private(set) var isNew = true

  /// Opens or creates the index and brings its schema up to date.
  ///
  /// Throws `newerIndex` for one of a newer program.
  init(path: String) throws(GalleryError) {
    self.path = path
    do {
      try Self.checkFiles(path)
      connection = try Connection(path: path)
      // The index is rebuilt from the records, so a commit need not wait for the disk.
      try connection.execute("PRAGMA synchronous = NORMAL")
      guard try connection.schemaVersion() <= IndexSchema.migrations.count else {
        throw GalleryError(
          .newerIndex,
          "The index \(printable(path)) was written by a newer version. Use that version, or delete the index."
        )
      }
      try connection.migrate(IndexSchema.migrations)
      isNew = try !Self.isFilled(connection)
    } catch {
      throw Self.error(error, path)
    }
  }

  /// One of an older program has no mark: with rows it is taken for filled, since to make a large one anew takes minutes.
  private static func isFilled(_ connection: Connection) throws -> Bool {
    let mark = try connection.rows("PRAGMA application_id") { try $0.integer(at: 0) }
    if mark == [IndexSchema.filled] { return true }
    let pictures = "SELECT 1 FROM picture UNION ALL SELECT 1 FROM trash LIMIT 1"
    return try !connection.rows(pictures) { _ in true }.isEmpty
  }

  /// Throws `cannotWrite` where something else stands in the place of its files: SQLite would wait for a FIFO, and
  /// read and write where a link leads.
  static func checkFiles(_ path: String) throws(GalleryError) {
    for path in ["", "-wal", "-shm", "-journal"].map({ path + $0 }) {
      let kind = (try? FileInformation(of: path, followingLinks: false))?.kind ?? .file
      guard kind != .file else { continue }
      throw GalleryError(
        .cannotWrite,
        "\(printable(path)) is no regular file: move it away, and run 'darkroom reindex'.")
    }
  }

  /// Removes one that cannot be used, with what SQLite keeps beside it. Throws `noSpace` or `cannotWrite`.
  static func remove(_ path: String) throws(GalleryError) {
    do throws(PosixError) {
      for ending in ["", "-wal", "-shm"] { try FileSystem.remove(path + ending) }
    } catch {
      throw GalleryError(writing: error)
    }
  }

  @discardableResult
  func insert(_ record: PictureRecord) throws(GalleryError) -> PictureRecord {
    do {
      return try connection.transaction {
        try remove(record.id)
        return try add(record)
      }
    } catch {
      throw Self.error(error, path)
    }
  }

  func replaceAll(
    _ records: [PictureRecord], trash: [TrashedPicture]
  ) throws(GalleryError) {
    do {
      try connection.transaction {
        try connection.executeScript(IndexSchema.dropTriggers)
        try connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
        try connection.execute("DELETE FROM picture")
        try connection.execute("DELETE FROM lineage")
        try connection.execute("DELETE FROM trash")
        for record in records { _ = try add(record) }
        for picture in trash { try addToTrash(picture) }
        try connection.executeScript(IndexSchema.countSpans + IndexSchema.createTriggers)
        try connection.execute("INSERT INTO change (id, kind) VALUES ('', 2)")
        try connection.execute("PRAGMA application_id = \(IndexSchema.filled)")
      }
      isNew = false
    } catch {
      throw Self.error(error, path)
    }
  }

  func contains(_ job: JobID) throws(GalleryError) -> Bool {
    do {
      // "." follows "-", which follows the job in the id of a picture.
      return try !connection.rows(
        """
        SELECT 1 FROM picture WHERE job = ?1 UNION ALL SELECT 1 FROM trash WHERE job = ?1 UNION ALL
        SELECT 1 FROM lineage WHERE parent > ?1 || '-' AND parent < ?1 || '.' LIMIT 1
        """, [.text(job.text)]
      ) { _ in true }.isEmpty
    } catch {
      throw Self.error(error, path)
    }
  }

  func remove(_ id: PictureID) throws {
    let old = try connection.rows(
      "SELECT key, prompt, layer FROM picture WHERE id = ?", [.text(id.description)]
    ) { (key: try $0.integer(at: 0), prompt: try $0.text(at: 1), isLayer: !$0.isNull(at: 2)) }
    for row in old {
      // A table that keeps no content must be told the words it is to forget.
      try connection.execute(
        "INSERT INTO words (words, rowid, prompt) VALUES ('delete', ?, ?)",
        [.integer(row.key), .text(SearchText.indexed(row.prompt))])
      try connection.execute("DELETE FROM picture WHERE key = ?", [.integer(row.key)])
      try connection.execute("DELETE FROM lineage WHERE child = ?", [.text(id.description)])
      if row.isLayer { try arrangeSet(of: id.job) }
    }
  }

  /// Has the lowest picture that is left of a set of layers stand for all of it.
  private func arrangeSet(of job: JobID) throws {
    try connection.execute(
      """
      UPDATE picture SET lead = (layer, key) = (
        SELECT layer, key FROM picture AS other WHERE other.job = ?1 AND other.layer IS NOT NULL
        ORDER BY layer, key LIMIT 1
      ) WHERE job = ?1 AND layer IS NOT NULL
      """, [.text(job.text)])
    // Its row has other layers, whether or not it is another picture.
    try connection.execute(
      """
      INSERT INTO change (id, kind)
      SELECT id, 0 FROM picture WHERE job = ?1 AND layer IS NOT NULL AND lead
      """, [.text(job.text)])
  }

  func add(_ record: PictureRecord) throws -> PictureRecord {
    var record = record
    record.position = PictureRecord.Position(key: try freeKey(for: record))
    try connection.execute(
      """
      INSERT INTO picture (\(Self.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      Self.values(of: record))
    try connection.execute(
      "INSERT INTO words (rowid, prompt) VALUES (?, ?)",
      [.integer(record.position.key), .text(SearchText.indexed(record.prompt))])
    for parent in record.parentEdges {
      try connection.execute(
        "INSERT OR IGNORE INTO lineage (parent, child, kind) VALUES (?, ?, ?)",
        [
          .text(parent.id.description), .text(record.id.description), .text(parent.kind.rawValue),
        ])
    }
    if record.layer != nil { try arrangeSet(of: record.id.job) }
    return record
  }

  static let columns = """
    key, id, job, path, created, offset_minutes, prompt, model, provider, format, width, height, bytes, refs, \
    rating, remark, layer, layer_name, image_hash, \(PictureRecord.provenanceColumns)
    """

  /// In the order of `columns`.
  static func values(of record: PictureRecord) -> [SQLValue] {
    [
      .integer(record.position.key), .text(record.id.description), .text(record.id.job.text),
      .text(record.path), .integer(record.created.milliseconds),
      SQLValue(record.created.offsetMinutes), .text(record.prompt), .text(record.model),
      .text(record.provider), .text(record.format.rawValue), SQLValue(record.width),
      SQLValue(record.height), SQLValue(record.byteCount),
      .text(record.references.joined(separator: " ")),
      SQLValue(record.rating), SQLValue(record.remark), SQLValue(record.layer),
      SQLValue(record.layerName),
      SQLValue(record.imageHash),
    ] + record.provenanceValues
  }

  /// The next free key where two jobs meet in all of it.
  private func freeKey(for record: PictureRecord) throws -> Int64 {
    var key = PictureRecord.position(of: record.id, created: record.created).key
    while try !connection.rows(
      "SELECT 1 FROM picture WHERE key = ?", [.integer(key)], read: { _ in }
    )
    .isEmpty { key += 1 }
    return key
  }

  static func error(_ error: any Error, _ path: String) -> GalleryError {
    switch error {
    case let error as GalleryError: error
    case let error as SQLiteError: GalleryError(error, index: path)
    default: GalleryError(.index, "The index \(printable(path)) is unusable: \(error).")
    }
  }
}
