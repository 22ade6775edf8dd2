import Posix

/// Runs asynchronous work for the synchronous main thread and waits for it.
/// - Throws: What the work throws.
func waiting<Value: Sendable>(
  _ work: @escaping @Sendable () async throws -> Value
) throws -> Value {
  let pool = try WorkPool()
  let outcomes = try Mailbox<Result<Value, any Error>>()
  Task.detached(executorPreference: pool) {
    do {
      outcomes.send(.success(try await work()))
    } catch {
      outcomes.send(.failure(error))
    }
  }
  while true {
    _ = try Poll.wait(for: [outcomes.descriptor])
    if let outcome = outcomes.drain().first { return try outcome.get() }
  }
}
