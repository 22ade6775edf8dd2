import FoundationEssentials
import SQLite
import Testing

/// A path for one database in a directory of its own, removed at the end of `body`.
func withDatabasePath(_ body: (String) throws -> Void) throws {
  let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("sqlite-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: directory) } }
  try body(directory.appendingPathComponent("a ?#%.sqlite").path)
}

/// The error `body` throws, if it is SQLite's.
func sqliteError(_ body: () throws -> Void) -> SQLiteError? {
  do {
    try body()
    return nil
  } catch {
    return error as? SQLiteError
  }
}
