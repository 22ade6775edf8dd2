internal import Paging
internal import Posix
internal import SQLite

extension GalleryReader {
  func page(
    _ request: PageRequest
  ) throws(GalleryError) -> PicturePage<FoldedPicture> {
    try inOneState { connection, schema in
      try PageSource(connection, schema, request.filter).page(request)
    } ?? PicturePage(rows: [], total: 0)
  }

  func changes(
    since mark: Int64, above position: PicturePosition?
  ) throws(GalleryError) -> PageChanges<FoldedPicture>? {
    try inOneState { connection, schema in
      try schema < Self.schemaWithWindow ? nil : connection.changes(since: mark, above: position)
    } ?? nil
  }
}

/// One state of the index, as a list of what a filter lets through.
struct PageSource {
  let connection: Connection
  let schema: Int
  /// Of the full-text index; nil where all pictures match.
  let query: String?

  init(_ connection: Connection, _ schema: Int, _ filter: PictureFilter) {
    self.connection = connection
    self.schema = schema
    query = SearchText.query(filter.words)
  }

  func page(_ request: PageRequest) throws -> PicturePage<FoldedPicture> {
    let limit = max(1, request.limit)
    var page = PicturePage<PictureRecord>(rows: [])
    switch request.start {
    case .first: take(try older(than: .max, limit + 1), limit, into: &page)
    case .last:
      // A search in order of time from its oldest row is as fast as from its newest.
      prepend(try newer(than: -1, limit + 1), limit, to: &page)
    case .before(let position):
      take(try older(than: position.key, limit + 1), limit, into: &page)
      page.reachesStart = try newer(
        than: (page.firstKey ?? position.key) - (page.rows.isEmpty ? 1 : 0), 1
      )
      .isEmpty
    case .after(let position):
      prepend(try newer(than: position.key, limit + 1), limit, to: &page)
      page.reachesEnd = try older(
        than: (page.lastKey ?? position.key) + (page.rows.isEmpty ? 1 : 0), 1
      )
      .isEmpty
    case .around(let position): page = try around(position.key, limit)
    case .day(let day):
      let end = CalendarTime.start(ofYear: day.year, month: day.month, day: day.day + 1)
      page = try around(PicturePosition(startOf: end).key - 1, limit)
    case .row(let row):
      if let key = try key(ofRow: row) { page = try around(key, limit) }
    case .picture(let id):
      if let key = try key(of: id) {
        page = try around(key, limit)
      } else {
        take(try older(than: .max, limit + 1), limit, into: &page)
      }
    }
    if query == nil || request.isCounted {
      page.total = try total()
      page.firstRow = try firstRow(of: page)
    } else if page.reachesStart {
      page.firstRow = 0
    }
    page.mark = try mark()
    return try page.map { FoldedPicture($0, layers: try layers(above: $0)) }
  }

  private func take(
    _ rows: [PictureRecord], _ limit: Int, into page: inout PicturePage<PictureRecord>
  ) {
    page.reachesEnd = rows.count <= limit
    page.rows += rows.prefix(limit)
  }

  private func prepend(
    _ rows: [PictureRecord], _ limit: Int, to page: inout PicturePage<PictureRecord>
  ) {
    page.reachesStart = rows.count <= limit
    page.rows = rows.suffix(limit) + page.rows
  }

  /// Half of the rows on each side, or more where the other side has fewer.
  private func around(_ key: Int64, _ limit: Int) throws -> PicturePage<PictureRecord> {
    var page = PicturePage<PictureRecord>(rows: [])
    var above = try newer(than: key, limit / 2 + 1)
    let below = limit - min(above.count, limit / 2)
    take(try older(than: key == .max ? key : key + 1, below + 1), below, into: &page)
    let room = limit - page.rows.count
    if room > limit / 2, above.count > limit / 2 { above = try newer(than: key, room + 1) }
    prepend(above, room, to: &page)
    if !page.rows.isEmpty { page.wanted = min(above.count, room, page.rows.count - 1) }
    return page
  }

  private func firstRow(of page: PicturePage<PictureRecord>) throws -> Int? {
    guard let first = page.rows.first else { return nil }
    if page.reachesStart { return 0 }
    if page.reachesEnd, let total = page.total { return total - page.rows.count }
    return try count(newerThan: first.position.key)
  }

  func layers(above picture: PictureRecord) throws -> [PictureRecord] {
    guard picture.layer != nil, schema >= GalleryReader.schemaWithLayers else { return [] }
    let set = try rows(
      """
      SELECT \(GalleryReader.columns) FROM picture WHERE job = ? AND layer IS NOT NULL
      ORDER BY layer, key
      """, [.text(picture.id.job.text)])
    return set.first?.id == picture.id ? Array(set.dropFirst()) : []
  }

  func rows(_ sql: String, _ values: [SQLValue]) throws -> [PictureRecord] {
    try connection.rows(
      GalleryReader.known(sql, to: schema), values, read: GalleryReader.record)
  }

  func number(_ sql: String, _ values: [SQLValue] = []) throws -> Int64? {
    try connection.rows(GalleryReader.known(sql, to: schema), values) { try $0.integer(at: 0) }
      .first
  }
}

extension PicturePage where Row == PictureRecord {
  fileprivate var firstKey: Int64? { rows.first?.position.key }
  fileprivate var lastKey: Int64? { rows.last?.position.key }
}
