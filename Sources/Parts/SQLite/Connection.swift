internal import CSQLite

/// One open database and the statements prepared on it.
///
/// Not `Sendable`: SQLite is opened in its no-mutex mode, so a connection belongs to one actor or one
/// thread at a time ("Using SQLite In Multi-Threaded Applications"). Closed in `deinit`, after the
/// last `Statement` of it is gone.
@safe package final class Connection {
  package enum Mode: Equatable, Sendable {
    /// Creates the file where there is none; write-ahead log, foreign keys on.
    case readWrite
    /// Never changes the database; works beside another process that writes.
    case readOnly
    /// For a file nobody writes, in a directory that cannot be written: takes no locks at all.
    case immutable
  }

  /// The path it was opened with; ":memory:" and "" are SQLite's private databases.
  package let path: String
  private let database: OpaquePointer
  private var idle: [String: OpaquePointer] = unsafe [:]

  /// How many idle statements are kept prepared; the SQL of a program is a closed list.
  private static let cacheLimit = 64

  /// Opens a database and sets it up; waits up to `busyMilliseconds` for another writer.
  package init(
    path: String, mode: Mode = .readWrite, busyMilliseconds: Int32 = 5000
  ) throws(SQLiteError) {
    self.path = path
    unsafe database = try Self.open(path, mode)
    unsafe sqlite3_busy_timeout(database, busyMilliseconds)
    try check(unsafe csqlite_set_defensive(database), "open \(path)")
    try execute("PRAGMA trusted_schema = OFF")
    if mode == .readWrite {
      try execute("PRAGMA journal_mode = WAL")
      try execute("PRAGMA foreign_keys = ON")
    }
  }

  deinit {
    unsafe idle.values.forEach { unsafe sqlite3_finalize($0) }
    unsafe sqlite3_close_v2(database)
  }

  /// The statement for one piece of SQL, prepared now or taken from the idle ones.
  ///
  /// It goes back to them when its value ends. Two values of the same SQL may live at once.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let ready = unsafe idle.removeValue(forKey: sql) {
      return unsafe Statement(handle: ready, sql: sql, connection: self)
    }
    return unsafe Statement(handle: try prepare(sql), sql: sql, connection: self)
  }

  /// The SQL of the idle ones: what was run so far, for whoever looks into how.
  package var preparedStatements: [String] { unsafe idle.keys.sorted() }

  /// Runs one statement to its end and drops its rows.
  package func execute(_ sql: String, _ values: [SQLValue] = []) throws(SQLiteError) {
    let statement = try statement(sql)
    try statement.bind(values)
    while try statement.step() {}
  }

  /// Runs one statement and reads each of its rows; throws `SQLiteError` and what `read` throws.
  package func rows<Element>(
    _ sql: String, _ values: [SQLValue] = [],
    read: (borrowing Statement) throws -> Element
  ) throws -> [Element] {
    let statement = try statement(sql)
    try statement.bind(values)
    var elements: [Element] = []
    while try statement.step() { elements.append(try read(statement)) }
    return elements
  }

  /// Runs several statements that take no values, as a migration has them.
  package func executeScript(_ sql: String) throws(SQLiteError) {
    try check(unsafe sqlite3_exec(database, sql, nil, nil, nil), "run \(sql)")
  }

  package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(database) == 0 }

  func check(_ result: Int32, _ attempt: @autoclosure () -> String) throws(SQLiteError) {
    guard result != SQLITE_OK else { return }
    throw unsafe SQLiteError.last(on: database, result: result, attempt: attempt())
  }

  func takeBack(_ statement: OpaquePointer, sql: String) {
    unsafe sqlite3_reset(statement)
    unsafe sqlite3_clear_bindings(statement)
    if unsafe idle.count < Self.cacheLimit, unsafe idle[sql] == nil {
      unsafe idle[sql] = statement
    } else {
      unsafe sqlite3_finalize(statement)
    }
  }

  private static func open(_ path: String, _ mode: Mode) throws(SQLiteError) -> OpaquePointer {
    guard !path.utf8.contains(0) else {
      throw SQLiteError(
        code: .cannotOpen, message: "the path holds a NUL", attempt: "open a database")
    }
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var name = path
    switch mode {
    case .readWrite: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readOnly: flags |= SQLITE_OPEN_READONLY
    case .immutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = "file:\(percentEncoded(path))?immutable=1"
    }
    var database: OpaquePointer?
    let result = unsafe sqlite3_open_v2(name, &database, flags, nil)
    guard result == SQLITE_OK, let opened = unsafe database else {
      let error = unsafe SQLiteError.last(on: database, result: result, attempt: "open \(path)")
      unsafe sqlite3_close_v2(database)
      throw error
    }
    return unsafe opened
  }

  private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
    var statement: OpaquePointer?
    var hasRest = false
    var text = sql
    let result = text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { sql in
        var rest: UnsafePointer<CChar>?
        let result = unsafe sqlite3_prepare_v3(
          database, sql.baseAddress, Int32(clamping: sql.count),
          UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &rest)
        if let start = sql.baseAddress, let rest = unsafe rest {
          hasRest = unsafe sql[(rest - start)...].contains { $0 < 0 || $0 > 0x20 }
        }
        return result
      }
    }
    try check(result, "run \(sql)")
    guard let prepared = unsafe statement, !hasRest else {
      unsafe sqlite3_finalize(statement)
      throw SQLiteError(
        code: .misuse, message: "expected exactly one statement", attempt: "run \(sql)")
    }
    return unsafe prepared
  }
}

/// A path as it stands in SQLite's "file:" addresses ("Uniform Resource Identifiers").
private func percentEncoded(_ path: String) -> String {
  var encoded = ""
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
  }
  return encoded
}
