/// One step of a schema's life. Steps are only ever appended; a released one never changes.
package struct Migration: Sendable {
  /// 1 for the first step, then without gaps; the number of the last is SQLite's `user_version`.
  package var number: Int
  package var name: String
  /// Any number of statements, run in one transaction.
  package var sql: String

  package init(_ number: Int, _ name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }
}

extension Connection {
  /// The number of the last migration that was run on this database; 0 for a new one.
  package func schemaVersion() throws(SQLiteError) -> Int {
    let statement = try statement("PRAGMA user_version")
    return try statement.step() ? Int(statement.integer(at: 0)) : 0
  }

  /// Runs the steps the database has not seen, each in a transaction of its own.
  ///
  /// Throws `misuse` for a database of a newer program, which it leaves untouched.
  package func migrate(_ migrations: [Migration]) throws {
    for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
      throw SQLiteError(
        code: .misuse, message: "its number is \(migration.number), not \(index + 1)",
        attempt: "run migration \(migration.name)")
    }
    let version = try schemaVersion()
    guard version <= migrations.count else {
      throw SQLiteError(
        code: .misuse,
        message:
          "its schema \(version) is newer than this program, which knows \(migrations.count)",
        attempt: "use \(path)")
    }
    for migration in migrations.dropFirst(version) {
      try transaction {
        // Asked again under the write lock: another process may have been first.
        guard try schemaVersion() < migration.number else { return }
        try executeScript(migration.sql)
        try executeScript("PRAGMA user_version = \(migration.number)")
      }
    }
  }
}
