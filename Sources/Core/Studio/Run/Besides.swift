import Posix

/// Runs what may wait for the disk on a thread of its own: the threads of the cooperative pool belong to
/// everybody. Where no thread is left, here.
func besides<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  do {
    return try await blocking { () throws(PosixError) in work() }
  } catch {
    return work()
  }
}
