internal import CSQLite

/// A prepared statement, its bound values and the row it stands on.
///
/// The one owner of its handle; when it ends, the handle goes back to the connection's idle ones.
@safe package struct Statement: ~Copyable {
  package let sql: String
  private let handle: OpaquePointer
  private let connection: Connection

  init(handle: OpaquePointer, sql: String, connection: Connection) {
    unsafe self.handle = handle
    self.sql = sql
    self.connection = connection
  }

  deinit { unsafe connection.takeBack(handle, sql: sql) }

  /// Binds all parameters in order; their number must be right.
  package func bind(_ values: [SQLValue]) throws(SQLiteError) {
    let expected = Int(unsafe sqlite3_bind_parameter_count(handle))
    guard values.count == expected else {
      throw SQLiteError(
        code: .range, message: "\(values.count) values given for \(expected) parameters",
        attempt: "run \(sql)")
    }
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
  }

  /// Binds one parameter, counted from 1 as SQLite does. The bytes are copied.
  package func bind(_ value: SQLValue, at index: Int) throws(SQLiteError) {
    let index = Int32(clamping: index)
    let result =
      switch value {
      case .null: unsafe sqlite3_bind_null(handle, index)
      case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
      case .real(let number): unsafe sqlite3_bind_double(handle, index, number)
      case .text(var text):
        text.withUTF8 {
          unsafe csqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
        }
      case .blob(let bytes):
        unsafe bytes.withUnsafeBytes {
          unsafe csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count))
        }
      }
    try connection.check(result, "bind parameter \(index) of \(sql)")
  }

  /// Binds one parameter by its name as written in the SQL, with its `:`, `@` or `$`.
  package func bind(_ value: SQLValue, named name: String) throws(SQLiteError) {
    let index = unsafe sqlite3_bind_parameter_index(handle, name)
    guard index > 0 else {
      throw SQLiteError(
        code: .range, message: "there is no parameter \(name)", attempt: "run \(sql)")
    }
    try bind(value, at: Int(index))
  }

  /// Goes to the next row; false after the last one.
  package func step() throws(SQLiteError) -> Bool {
    let result = unsafe sqlite3_step(handle)
    if result == SQLITE_ROW { return true }
    if result == SQLITE_DONE { return false }
    try connection.check(result, "run \(sql)")
    return false
  }

  var columnNames: [String] {
    let count = unsafe sqlite3_column_count(handle)
    return (0..<count).map { column in
      unsafe sqlite3_column_name(handle, column).map { unsafe String(cString: $0) } ?? ""
    }
  }

  /// The value of a column of this row, counted from 0. A column that is not there is null.
  package func value(at column: Int) -> SQLValue {
    let column = Int32(clamping: column)
    return switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(handle, column))
    case SQLITE_TEXT: .text(text(of: column))
    case SQLITE_BLOB: .blob(bytes(of: column))
    default: .null
    }
  }

  private func text(of column: Int32) -> String {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  private func bytes(of column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(handle, column))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
