/// Typed reading of the current row: a column of another type is an error, not a guess.
extension Statement {
  package func integer(at column: Int) throws(SQLiteError) -> Int64 {
    guard case .integer(let value) = value(at: column) else { throw mismatch(column, "an integer") }
    return value
  }

  /// An integer is taken too, as SQLite stores a whole real number as one.
  package func real(at column: Int) throws(SQLiteError) -> Double {
    switch value(at: column) {
    case .real(let value): return value
    case .integer(let value): return Double(value)
    default: throw mismatch(column, "a real number")
    }
  }

  /// Bytes that are not UTF-8 are read as replacement characters.
  package func text(at column: Int) throws(SQLiteError) -> String {
    guard case .text(let value) = value(at: column) else { throw mismatch(column, "text") }
    return value
  }

  package func blob(at column: Int) throws(SQLiteError) -> [UInt8] {
    guard case .blob(let value) = value(at: column) else { throw mismatch(column, "a blob") }
    return value
  }

  package func isNull(at column: Int) -> Bool { value(at: column) == .null }

  package func integerIfPresent(at column: Int) throws(SQLiteError) -> Int64? {
    isNull(at: column) ? nil : try integer(at: column)
  }

  private func mismatch(_ column: Int, _ expected: String) -> SQLiteError {
    let names = columnNames
    let name = names.indices.contains(column) ? names[column] : "\(column)"
    return SQLiteError(
      code: .mismatch, message: "column \(name) does not hold \(expected)", attempt: "read \(sql)")
  }
}
