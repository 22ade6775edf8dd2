import FoundationEssentials
import SQLite
import Testing

@Suite struct ConnectionTests {
  @Test func aReaderSeesWhatAWriterCommitted() throws {
    try withDatabasePath { path in
      let writer = try Connection(path: path)
      try writer.execute("CREATE TABLE t (n INTEGER)")
      let reader = try Connection(path: path, mode: .readOnly)
      try writer.transaction {
        try writer.execute("INSERT INTO t VALUES (1)")
        #expect(try reader.rows("SELECT n FROM t") { try $0.integer(at: 0) } == [])
      }
      #expect(try reader.rows("SELECT n FROM t") { try $0.integer(at: 0) } == [1])
      #expect(sqliteError { try reader.execute("INSERT INTO t VALUES (2)") }?.code == .readOnly)
    }
  }

  @Test func anImmutableDatabaseIsReadWithoutALogBesideIt() throws {
    try withDatabasePath { path in
      do {
        let writer = try Connection(path: path)
        try writer.executeScript("CREATE TABLE t (n); INSERT INTO t VALUES (5)")
      }
      let reader = try Connection(path: path, mode: .immutable)
      #expect(try reader.rows("SELECT n FROM t") { try $0.integer(at: 0) } == [5])
      #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }
  }

  @Test func aMissingFileIsNotCreatedByAReader() throws {
    try withDatabasePath { path in
      let error = sqliteError { _ = try Connection(path: path, mode: .readOnly) }
      #expect(error?.code == .cannotOpen)
      #expect(error?.attempt == "open \(path)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func whatIsNotADatabaseIsNamed() throws {
    try withDatabasePath { path in
      try Data(repeating: 0x41, count: 4096).write(to: URL(fileURLWithPath: path))
      #expect(sqliteError { _ = try Connection(path: path) }?.code == .notADatabase)
    }
    #expect(sqliteError { _ = try Connection(path: "/tmp/a\0b") }?.code == .cannotOpen)
  }

  @Test func anErrorNamesTheStatementAndHidesTheValues() throws {
    let connection = try Connection(path: ":memory:")
    try connection.execute("CREATE TABLE t (name TEXT UNIQUE)")
    try connection.execute("INSERT INTO t VALUES (?)", ["sk-secret"])
    let error = sqliteError { try connection.execute("INSERT INTO t VALUES (?)", ["sk-secret"]) }
    #expect(error?.code == .constraint)
    #expect(error?.extendedCode == 2067)
    #expect(error.map { "\($0)".contains("INSERT INTO t VALUES (?)") } == true)
    #expect(error.map { "\($0)".contains("sk-secret") } == false)
  }

  @Test func exactlyOneStatementIsTaken() throws {
    let connection = try Connection(path: ":memory:")
    for sql in ["", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1;\u{0}SELECT 2"] {
      #expect(sqliteError { try connection.execute(sql) }?.code == .misuse, "\(sql)")
    }
    #expect(throws: Never.self) { try connection.execute("SELECT 1;\n ") }
    #expect(sqliteError { try connection.execute("SELEKT 1") }?.code == .error)
  }

  @Test func aFailedTransactionLeavesNothing() throws {
    struct Stop: Error {}
    let connection = try Connection(path: ":memory:")
    try connection.execute("CREATE TABLE t (n)")
    #expect(throws: Stop.self) {
      try connection.transaction {
        try connection.execute("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try connection.rows("SELECT count(*) FROM t") { try $0.integer(at: 0) } == [0])
    #expect(!connection.isInTransaction)
    #expect(
      sqliteError { try connection.transaction { try connection.transaction {} } }?.code == .misuse)
    #expect(try connection.transaction { 7 } == 7)
  }

  @Test func aSecondWriterWaitsAndThenSaysBusy() throws {
    try withDatabasePath { path in
      let first = try Connection(path: path)
      let second = try Connection(path: path, busyMilliseconds: 1)
      try first.transaction {
        #expect(sqliteError { try second.transaction {} }?.code == .busy)
      }
      #expect(throws: Never.self) { try second.transaction {} }
    }
  }
}
