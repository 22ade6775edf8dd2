internal import Paging
internal import Posix
internal import SQLite

/// The index in a file of SQLite beside the pictures, for reading beside whoever writes.
///
/// Opens the file read-only when it is first asked, and again when it was deleted and rebuilt.
final class GalleryReader: PictureIndex {
  private let layout: GalleryLayout
  private var opened: (connection: Connection, identity: FileIdentity)?

  init(_ layout: GalleryLayout) {
    self.layout = layout
  }

  func count(matching words: String) throws(GalleryError) -> Int {
    guard let query = SearchText.query(words) else {
      return try inOneState { try PageSource($0, $1, PictureFilter()).pictureCount() } ?? 0
    }
    return try read("SELECT count(*) FROM words WHERE words MATCH ?", [.text(query)]) {
      Int(try $0.integer(at: 0))
    }.first ?? 0
  }

  func search(
    _ words: String, limit: Int, before position: PicturePosition?, isFolded: Bool
  ) throws(GalleryError) -> [PictureRecord] {
    let kept = isFolded ? " AND \(Self.hasRow)" : ""
    let (start, limit) = (SQLValue.integer(position?.key ?? .max), SQLValue(limit))
    guard let query = SearchText.query(words) else {
      return try read(
        "SELECT \(Self.columns) FROM picture WHERE key < ?\(kept) ORDER BY key DESC LIMIT ?",
        [start, limit], Self.record)
    }
    return try read(
      """
      SELECT \(Self.columns) FROM words JOIN picture ON picture.key = words.rowid
      WHERE words MATCH ? AND words.rowid < ?\(kept) ORDER BY words.rowid DESC LIMIT ?
      """, [.text(query), start, limit], Self.record)
  }

  func picture(_ text: String) throws(GalleryError) -> PictureRecord {
    try PictureID.choose(text, \.id, among: pictures) {
      "No picture of this gallery has the id '\($0)'."
    }
  }

  func pictures(of job: JobID) throws(GalleryError) -> [PictureRecord] {
    try read(
      "SELECT \(Self.columns) FROM picture WHERE job = ? ORDER BY key", [.text(job.text)],
      Self.record)
  }

  func children(of id: PictureID) throws(GalleryError) -> [ChildPicture] {
    try read(
      """
      SELECT \(Self.columns), \(Self.kindOfEdge)
      FROM lineage JOIN picture ON picture.id = lineage.child
      WHERE lineage.parent = ? ORDER BY picture.key, \(Self.kindOfEdge)
      """, [.text(id.description)]
    ) { row in
      let picture = try Self.record(row)
      let plain = PictureOrigin.plainKind(isSplit: picture.layer != nil)
      guard !row.isNull(at: 22) else { return ChildPicture(picture, plain) }
      return ChildPicture(picture, ParentEdge.Kind(rawValue: try row.text(at: 22)) ?? .reference)
    }
  }

  func pictures(of experiment: ExperimentID) throws(GalleryError) -> [PictureRecord] {
    try read(
      "SELECT \(Self.columns) FROM picture WHERE experiment = ? ORDER BY key",
      [.text(experiment.text)], since: Self.schemaWithProvenance, Self.record)
  }

  private func pictures(beginning prefix: String) throws(GalleryError) -> [PictureRecord] {
    // "~" follows every letter of an id.
    try read(
      "SELECT \(Self.columns) FROM picture WHERE id >= ? AND id < ? ORDER BY id LIMIT 9",
      [.text(prefix), .text(prefix + "~")], Self.record)
  }

  /// - Parameter version: Of the schema that has the tables; an older index has nothing in them.
  func read<Element>(
    _ sql: String, _ values: [SQLValue], since version: Int = 1,
    _ element: (borrowing Statement) throws -> Element
  ) throws(GalleryError) -> [Element] {
    try reading { connection, schema in
      guard schema >= version else { return [] }
      return try connection.rows(Self.known(sql, to: schema), values, read: element)
    } ?? []
  }

  /// - Returns: Nil where there is no index.
  private func reading<Value>(
    _ body: (Connection, _ schema: Int) throws -> Value
  ) throws(GalleryError) -> Value? {
    do {
      guard let connection = try connection() else { return nil }
      return try body(connection, try connection.schemaVersion())
    } catch {
      opened = nil
      throw GalleryIndex.error(error, layout.index)
    }
  }

  /// Asks several questions of one state of the index, whoever writes meanwhile.
  func inOneState<Value>(
    _ body: (Connection, _ schema: Int) throws -> Value
  ) throws(GalleryError) -> Value? {
    try reading { connection, _ in
      try connection.execute("BEGIN")
      do {
        let value = try body(connection, try connection.schemaVersion())
        try connection.execute("COMMIT")
        return value
      } catch {
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
        throw error
      }
    }
  }

  /// Nil while there is no index, or one its writer has not furnished yet.
  private func connection() throws -> Connection? {
    guard FileSystem.exists(layout.index) else {
      opened = nil
      return nil
    }
    let identity = try FileInformation(of: layout.index).identity
    if let opened, opened.identity == identity { return opened.connection }
    let connection = try open()
    guard try connection.schemaVersion() > 0 else { return nil }
    opened = (connection, identity)
    return connection
  }

  /// Reading a log needs its shared memory file; in a directory that cannot be written, nobody else
  /// writes either.
  private func open() throws -> Connection {
    do throws(PosixError) {
      try layout.checkInside(layout.privateDirectory)
    } catch {
      throw GalleryError(reading: error)
    }
    try GalleryIndex.checkFiles(layout.index)
    if FileSystem.isWritable(layout.privateDirectory) || FileSystem.exists(layout.index + "-shm") {
      return try Connection(path: layout.index, mode: .readOnly)
    }
    return try Connection(path: layout.index, mode: .immutable)
  }
}
