import SQLite
import Testing

@Suite struct BindingTests {
  static let values: [SQLValue] = [
    .null, 0, -1, .integer(.max), .integer(.min), 0.5, .real(.infinity), .real(-0.0),
    .real(.leastNonzeroMagnitude), "", "plain", "a\0b\0", "深蓝色的雾 🏮 e\u{301}", "'; DROP TABLE v; --",
    .blob([]), .blob([0]), .blob(Array(0...255)),
    .blob([UInt8](repeating: 7, count: 3_000_000)),
    .text(String(repeating: "灯", count: 1_000_000)),
  ]

  @Test(arguments: values.indices) func everyValueComesBackAsItWent(place: Int) throws {
    let value = Self.values[place]
    let connection = try Connection(path: ":memory:")
    try connection.execute("CREATE TABLE v (value)")
    try connection.execute("INSERT INTO v VALUES (?)", [value])
    let read = try connection.rows("SELECT value FROM v") { $0.value(at: 0) }
    #expect(read == [value])
  }

  @Test func notANumberIsStoredAsNull() throws {
    let connection = try Connection(path: ":memory:")
    let read = try connection.rows("SELECT ?", [.real(.nan)]) { $0.value(at: 0) }
    #expect(read == [.null])
  }

  @Test func parametersAreFoundByName() throws {
    let connection = try Connection(path: ":memory:")
    let statement = try connection.statement("SELECT :first || $second || :first")
    try statement.bind("a", named: ":first")
    try statement.bind("b", named: "$second")
    #expect(try statement.step())
    #expect(try statement.text(at: 0) == "aba")
    #expect(try !statement.step())
    let error = sqliteError { try statement.bind("c", named: ":third") }
    #expect(error?.code == .range)
    #expect(error?.message == "there is no parameter :third")
  }

  @Test func aWrongNumberOfValuesIsRefused() throws {
    let connection = try Connection(path: ":memory:")
    let error = sqliteError { try connection.execute("SELECT ?, ?", ["one"]) }
    #expect(error?.message == "1 values given for 2 parameters")
    #expect(sqliteError { try connection.execute("SELECT ?", []) }?.code == .range)
  }

  @Test func aColumnOfAnotherTypeIsAnError() throws {
    let connection = try Connection(path: ":memory:")
    let statement = try connection.statement("SELECT 'words' AS prompt, 1, NULL, 2.5")
    #expect(try statement.step())
    #expect(sqliteError { _ = try statement.integer(at: 0) }?.code == .mismatch)
    #expect(
      sqliteError { _ = try statement.blob(at: 0) }?.message
        == "column prompt does not hold a blob")
    #expect(sqliteError { _ = try statement.text(at: 2) }?.code == .mismatch)
    #expect(sqliteError { _ = try statement.text(at: 99) }?.code == .mismatch)
    #expect(sqliteError { _ = try statement.text(at: -1) }?.code == .mismatch)
    #expect(try statement.real(at: 1) == 1)
    #expect(try statement.real(at: 3) == 2.5)
    #expect(try statement.integerIfPresent(at: 2) == nil)
    #expect(try statement.integerIfPresent(at: 1) == 1)
  }

  @Test func twoStatementsOfTheSameSQLLiveSideBySide() throws {
    let connection = try Connection(path: ":memory:")
    let sql = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2) WHERE value >= ?"
    let outer = try connection.statement(sql)
    try outer.bind([1])
    #expect(try outer.step())
    #expect(try connection.rows(sql, [2]) { $0.value(at: 0) } == [2])
    #expect(try outer.integer(at: 0) == 1)
    #expect(try outer.step())
    #expect(try outer.integer(at: 0) == 2)
  }

  @Test func aStatementFromTheCacheRemembersNothing() throws {
    let connection = try Connection(path: ":memory:")
    for expected in [SQLValue.text("first"), .null] {
      let statement = try connection.statement("SELECT ?")
      if expected != .null { try statement.bind([expected]) }
      #expect(try statement.step())
      #expect(statement.value(at: 0) == expected)
    }
  }

  @Test func aStatementKeepsItsConnectionOpen() throws {
    func orphan() throws -> Statement { try Connection(path: ":memory:").statement("SELECT 42") }
    let statement = try orphan()
    #expect(try statement.step())
    #expect(try statement.integer(at: 0) == 42)
  }
}
