import Dispatch
import Synchronization

/// Runs asynchronous work from the synchronous main thread and waits for it.
func waiting<Value: Sendable>(
  _ work: @escaping @Sendable () async throws -> Value
) throws -> Value {
  let outcome = Outcome<Value>()
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    do {
      outcome.set(.success(try await work()))
    } catch {
      outcome.set(.failure(error))
    }
    done.signal()
  }
  done.wait()
  return try outcome.get()
}

/// Where the work leaves its result.
private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>>(.failure(CancellationError()))

  func set(_ value: Result<Value, any Error>) {
    result.withLock { $0 = value }
  }

  func get() throws -> Value {
    try result.withLock { $0 }.get()
  }
}
