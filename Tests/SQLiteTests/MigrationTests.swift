import SQLite
import Testing

@Suite struct MigrationTests {
  static let first = Migration(1, "pictures", sql: "CREATE TABLE p (id); CREATE TABLE q (id)")
  static let second = Migration(2, "names", sql: "ALTER TABLE p ADD COLUMN name")
  static let broken = Migration(2, "broken", sql: "CREATE TABLE r (id); CREATE TABLE p (id)")

  @Test func stepsAreRunOnceAndInOrder() throws {
    try withDatabasePath { path in
      for steps in [[], [Self.first], [Self.first, Self.second], [Self.first, Self.second]] {
        let connection = try Connection(path: path)
        try connection.migrate(steps)
        #expect(try connection.schemaVersion() == steps.count)
      }
      let connection = try Connection(path: path)
      try connection.execute("INSERT INTO p (id, name) VALUES (1, 'a')")
    }
  }

  @Test func aStepThatFailsLeavesTheOnesBeforeIt() throws {
    let connection = try Connection(path: ":memory:")
    #expect(throws: SQLiteError.self) { try connection.migrate([Self.first, Self.broken]) }
    #expect(try connection.schemaVersion() == 1)
    #expect(
      try connection.rows("SELECT name FROM sqlite_schema ORDER BY name") { try $0.text(at: 0) }
        == ["p", "q"])
  }

  @Test func aDatabaseOfANewerProgramIsLeftAlone() throws {
    let connection = try Connection(path: ":memory:")
    try connection.execute("PRAGMA user_version = 9")
    let error = sqliteError { try connection.migrate([Self.first]) }
    #expect(error?.message == "its schema 9 is newer than this program, which knows 1")
    #expect(try connection.schemaVersion() == 9)
  }

  @Test func numbersWithoutGapsAreDemanded() throws {
    let connection = try Connection(path: ":memory:")
    #expect(sqliteError { try connection.migrate([Self.second]) }?.code == .misuse)
  }
}
