internal import Paging
internal import Posix
internal import SQLite

/// The reading side of a gallery: lists and search, beside whoever writes.
///
/// Opens the index read-only when it is first asked, and again when it was deleted and rebuilt; a
/// gallery without an index is empty. Not `Sendable`: one for each actor or thread. Every call may
/// block for milliseconds and throws `index` or `cannotRead`.
package final class GalleryReader {
  package let layout: GalleryLayout
  private var opened: (connection: Connection, identity: FileIdentity)?

  package init(_ layout: GalleryLayout) {
    self.layout = layout
  }

  /// How many pictures there are.
  package func count() throws(GalleryError) -> Int {
    try read("SELECT count(*) FROM picture", []) { Int(try $0.integer(at: 0)) }.first ?? 0
  }

  /// How many pictures `search` finds in all.
  package func count(matching text: String) throws(GalleryError) -> Int {
    guard let query = SearchText.query(text) else { return try count() }
    return try read("SELECT count(*) FROM words WHERE words MATCH ?", [.text(query)]) {
      Int(try $0.integer(at: 0))
    }.first ?? 0
  }

  /// The newest pictures, newest first; after the first page, those before the last one of a page.
  ///
  /// - Parameter isFolded: Of a set of layers only the lowest stands for all of it.
  package func newest(
    limit: Int, before position: PictureRecord.Position? = nil, isFolded: Bool = false
  ) throws(GalleryError) -> [PictureRecord] {
    let kept = isFolded ? " AND \(Self.hasRow)" : ""
    return try read(
      "SELECT \(Self.columns) FROM picture WHERE key < ?\(kept) ORDER BY key DESC LIMIT ?",
      [.integer(position?.key ?? .max), SQLValue(limit)], Self.record)
  }

  /// Pictures whose prompt has all the words, newest first; the last word may be unfinished.
  ///
  /// East Asian letters are found wherever they stand side by side. A text without letters and digits
  /// finds what `newest` does.
  package func search(
    _ text: String, limit: Int, before position: PictureRecord.Position? = nil,
    isFolded: Bool = false
  ) throws(GalleryError) -> [PictureRecord] {
    guard let query = SearchText.query(text) else {
      return try newest(limit: limit, before: position, isFolded: isFolded)
    }
    let kept = isFolded ? " AND \(Self.hasRow)" : ""
    return try read(
      """
      SELECT \(Self.columns) FROM words JOIN picture ON picture.key = words.rowid
      WHERE words MATCH ? AND words.rowid < ?\(kept) ORDER BY words.rowid DESC LIMIT ?
      """, [.text(query), .integer(position?.key ?? .max), SQLValue(limit)], Self.record)
  }

  /// The picture with this id, or the only one whose id begins so: `k7f2-1`, `k7f`.
  ///
  /// Throws `notFound`, or `ambiguous` with the first ids that fit.
  package func picture(_ text: String) throws(GalleryError) -> PictureRecord {
    try PictureID.choose(text, \.id, among: pictures) {
      "No picture of this gallery has the id '\($0)'."
    }
  }

  /// The pictures of one job in the order of its set.
  package func pictures(of job: JobID) throws(GalleryError) -> [PictureRecord] {
    try read(
      "SELECT \(Self.columns) FROM picture WHERE job = ? ORDER BY key", [.text(job.text)],
      Self.record)
  }

  /// The pictures made from this one, oldest first.
  package func children(of id: PictureID) throws(GalleryError) -> [PictureRecord] {
    try read(
      """
      SELECT \(Self.columns) FROM picture
      WHERE id IN (SELECT child FROM lineage WHERE parent = ?) ORDER BY key
      """, [.text(id.description)], Self.record)
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
    if FileSystem.isWritable(layout.privateDirectory) || FileSystem.exists(layout.index + "-shm") {
      return try Connection(path: layout.index, mode: .readOnly)
    }
    return try Connection(path: layout.index, mode: .immutable)
  }
}
