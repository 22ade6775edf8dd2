extension Connection {
  package enum TransactionKind: String, Sendable {
    /// Reads see one state of the database from the first of them on.
    case deferred = "DEFERRED"
    /// Takes the write lock at once, so that it cannot fail half-way for another writer.
    case immediate = "IMMEDIATE"
  }

  /// Runs `body` as one transaction: committed when it returns, rolled back when it throws.
  ///
  /// Transactions do not nest; an inner one is refused with `misuse`.
  package func transaction<Result>(
    _ kind: TransactionKind = .immediate, _ body: () throws -> Result
  ) throws -> Result {
    guard !isInTransaction else {
      throw SQLiteError(
        code: .misuse, message: "a transaction is open already", attempt: "begin a transaction")
    }
    try execute("BEGIN \(kind.rawValue)")
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
