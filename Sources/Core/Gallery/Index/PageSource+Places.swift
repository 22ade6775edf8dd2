internal import SQLite

// Where rows lie in the whole list. Without a search and in an index of ours nothing is counted but the rows of 65
// seconds.
extension PageSource {
  private var hasSpans: Bool { schema >= GalleryReader.schemaWithWindow }

  /// Newest first.
  func older(than key: Int64, _ limit: Int) throws -> [PictureRecord] {
    guard let query else {
      return try rows(
        """
        SELECT \(GalleryReader.columns) FROM picture WHERE key < ? AND \(GalleryReader.hasRow)
        ORDER BY key DESC LIMIT ?
        """, [.integer(key), SQLValue(limit)])
    }
    return try rows(
      """
      SELECT \(GalleryReader.columns) FROM words JOIN picture ON picture.key = words.rowid
      WHERE words MATCH ? AND words.rowid < ? AND \(GalleryReader.hasRow)
      ORDER BY words.rowid DESC LIMIT ?
      """, [.text(query), .integer(key), SQLValue(limit)])
  }

  /// Those next to the key, newest first.
  func newer(than key: Int64, _ limit: Int) throws -> [PictureRecord] {
    guard let query else {
      return try rows(
        """
        SELECT \(GalleryReader.columns) FROM picture WHERE key > ? AND \(GalleryReader.hasRow)
        ORDER BY key LIMIT ?
        """, [.integer(key), SQLValue(limit)]
      ).reversed()
    }
    return try rows(
      """
      SELECT \(GalleryReader.columns) FROM words JOIN picture ON picture.key = words.rowid
      WHERE words MATCH ? AND words.rowid > ? AND \(GalleryReader.hasRow)
      ORDER BY words.rowid LIMIT ?
      """, [.text(query), .integer(key), SQLValue(limit)]
    ).reversed()
  }

  func total() throws -> Int {
    if hasSpans, query == nil {
      return Int(try number("SELECT coalesce(sum(rows), 0) FROM span WHERE level = 1") ?? 0)
    }
    let all =
      try query.map { try number("SELECT count(*) FROM words WHERE words MATCH ?", [.text($0)]) }
      ?? number("SELECT count(*) FROM picture")
    return Int((all ?? 0) - (try foldedAway()))
  }

  /// How many pictures there are, every layer for itself.
  func pictureCount() throws -> Int {
    guard hasSpans else { return Int(try number("SELECT count(*) FROM picture") ?? 0) }
    // Of each set one has a row; the sets are in an index of their own.
    let folded = try number(
      "SELECT count(*) - count(DISTINCT job) FROM picture WHERE layer IS NOT NULL")
    return try total() + Int(folded ?? 0)
  }

  /// How many matches have no row of their own.
  private func foldedAway() throws -> Int64 {
    guard schema >= GalleryReader.schemaWithLayers else { return 0 }
    let hidden = """
      SELECT count(*) FROM picture WHERE layer IS NOT NULL AND NOT \(GalleryReader.hasRow)
      """
    let count = try number(hidden) ?? 0
    guard let query, count > 0 else { return count }
    return try number(
      hidden + " AND key IN (SELECT rowid FROM words WHERE words MATCH ?)", [.text(query)]) ?? 0
  }

  func count(newerThan key: Int64) throws -> Int {
    if let query {
      let found = try number(
        """
        SELECT count(*) FROM words JOIN picture ON picture.key = words.rowid
        WHERE words MATCH ? AND words.rowid > ? AND \(GalleryReader.hasRow)
        """, [.text(query), .integer(key)])
      return Int(found ?? 0)
    }
    let sql =
      hasSpans
      ? """
      SELECT (SELECT coalesce(sum(rows), 0) FROM span WHERE level = 1 AND span > ?1 >> 46)
        + (SELECT coalesce(sum(rows), 0) FROM span
          WHERE level = 2 AND span > ?1 >> 36 AND span < ((?1 >> 46) + 1) << 10)
        + (SELECT count(*) FROM picture WHERE lead AND key > ?1 AND key < ((?1 >> 36) + 1) << 36)
      """ : "SELECT count(*) FROM picture WHERE key > ?1 AND \(GalleryReader.hasRow)"
    return Int(try number(sql, [.integer(key)]) ?? 0)
  }

  /// Of the nearest row there is; nil where there is none.
  func key(ofRow row: Int) throws -> Int64? {
    let total = try total()
    guard total > 0 else { return nil }
    let row = min(max(0, row), total - 1)
    if let query {
      return try number(
        """
        SELECT words.rowid FROM words JOIN picture ON picture.key = words.rowid
        WHERE words MATCH ? AND \(GalleryReader.hasRow)
        ORDER BY words.rowid DESC LIMIT 1 OFFSET ?
        """, [.text(query), SQLValue(row)])
    }
    guard hasSpans else {
      return try number(
        """
        SELECT key FROM picture WHERE \(GalleryReader.hasRow) ORDER BY key DESC LIMIT 1 OFFSET ?
        """, [SQLValue(row)])
    }
    let spans = "SELECT span, rows FROM span WHERE level = 1 ORDER BY span DESC"
    guard let day = try span(spans, [], holding: row) else { return nil }
    let parts = """
      SELECT span, rows FROM span WHERE level = 2 AND span >= ?1 << 10 AND span < (?1 + 1) << 10
      ORDER BY span DESC
      """
    guard let minute = try span(parts, [.integer(day.span)], holding: row - day.before) else {
      return nil
    }
    return try number(
      """
      SELECT key FROM picture WHERE lead AND key >= ?1 << 36 AND key < (?1 + 1) << 36
      ORDER BY key DESC LIMIT 1 OFFSET ?2
      """, [.integer(minute.span), SQLValue(row - day.before - minute.before)])
  }

  /// - Returns: the span that has a row, and how many rows those before it have.
  private func span(
    _ sql: String, _ values: [SQLValue], holding row: Int
  ) throws -> (span: Int64, before: Int)? {
    let statement = try connection.statement(sql)
    try statement.bind(values)
    var before = 0
    while try statement.step() {
      let count = Int(try statement.integer(at: 1))
      if before + count > row { return (try statement.integer(at: 0), before) }
      before += count
    }
    return nil
  }

  /// Of the row that a picture has or is folded into.
  func key(of id: String) throws -> Int64? {
    guard schema >= GalleryReader.schemaWithLayers else {
      return try number("SELECT key FROM picture WHERE id = ?", [.text(id)])
    }
    return try number(
      """
      SELECT coalesce((SELECT picture.key FROM picture WHERE picture.job = wanted.job
        AND picture.layer IS NOT NULL AND wanted.layer IS NOT NULL AND \(GalleryReader.hasRow)), wanted.key)
      FROM picture AS wanted WHERE wanted.id = ?
      """, [.text(id)])
  }

  func mark() throws -> Int64 {
    guard hasSpans else { return 0 }
    return try number("SELECT coalesce(max(mark), 0) FROM change") ?? 0
  }
}
