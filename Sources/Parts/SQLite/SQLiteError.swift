internal import CSQLite

/// What SQLite refused, and what was being attempted. Bound values never appear in it.
package struct SQLiteError: Error, Equatable, Sendable {
  /// The primary result code.
  package var code: Code
  /// The extended result code, which names the cause more closely.
  package var extendedCode: Int32
  /// SQLite's own words.
  package var message: String
  /// "open PATH", or the SQL with its placeholders.
  package var attempt: String

  package init(code: Code, extendedCode: Int32? = nil, message: String, attempt: String) {
    self.code = code
    self.extendedCode = extendedCode ?? code.rawValue
    self.message = message
    self.attempt = attempt
  }

  /// A primary result code of SQLite ("Result and Error Codes").
  package struct Code: RawRepresentable, Hashable, Sendable {
    package var rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let error = Code(rawValue: SQLITE_ERROR)
    package static let busy = Code(rawValue: SQLITE_BUSY)
    package static let readOnly = Code(rawValue: SQLITE_READONLY)
    package static let inputOutput = Code(rawValue: SQLITE_IOERR)
    package static let full = Code(rawValue: SQLITE_FULL)
    package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
    package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
    package static let mismatch = Code(rawValue: SQLITE_MISMATCH)
    package static let misuse = Code(rawValue: SQLITE_MISUSE)
    package static let range = Code(rawValue: SQLITE_RANGE)
    package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
  }

  /// Whether it is an `inputOutput` of reading: the file has a place the disk does not give back. All others may
  /// pass ("Result and Error Codes": `SQLITE_IOERR_READ`, `SQLITE_IOERR_CORRUPTFS`).
  package var isUnreadable: Bool { [1, 33].map { SQLITE_IOERR | $0 << 8 }.contains(extendedCode) }
}

extension SQLiteError: CustomStringConvertible {
  package var description: String {
    "SQLite cannot \(attempt): \(message) (code \(extendedCode))"
  }
}

extension SQLiteError {
  /// Reads code and message of the last failure on a connection, before anything else is called on it.
  static func last(on database: OpaquePointer?, result: Int32, attempt: String) -> SQLiteError {
    let code = Code(rawValue: result & 0xff)
    guard let database = unsafe database else {
      return SQLiteError(
        code: code, message: unsafe String(cString: sqlite3_errstr(result)),
        attempt: attempt)
    }
    return SQLiteError(
      code: code, extendedCode: unsafe sqlite3_extended_errcode(database),
      message: unsafe String(cString: sqlite3_errmsg(database)), attempt: attempt)
  }
}
