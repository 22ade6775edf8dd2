extension Connection {
  /// Runs `body` as one transaction: committed when it returns, rolled back when it throws.
  ///
  /// The write lock is taken at once, so that it cannot fail half-way for another writer.
  /// Transactions do not nest; an inner one is refused with `misuse`.
  package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    guard !isInTransaction else {
      throw SQLiteError(
        code: .misuse, message: "a transaction is open already", attempt: "begin a transaction")
    }
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // SQLite has rolled back by itself after some errors; a second time would hide the first one.
      if isInTransaction { try execute("ROLLBACK") }
      throw error
    }
  }
}
