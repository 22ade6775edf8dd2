private import CPosix
internal import Glibc

/// A thread of its own for work that blocks, outside the cooperative pool. It takes no signals: those
/// belong to the main thread.
package struct WorkThread: ~Copyable, Sendable {
  private let identifier: pthread_t

  /// Starts the work.
  ///
  /// - Parameter stackSize: Bytes.
  package init(
    stackSize: Int = 8 << 20, _ work: @escaping @Sendable () -> Void
  ) throws(PosixError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Work(work))
    let code = Signals.withheld {
      unsafe pthread_create(
        &thread, &attributes,
        { context in
          guard let context = unsafe context else { return nil }
          unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
          return nil
        }, box.toOpaque())
    }
    if code != 0 {
      unsafe box.release()
      throw PosixError("start a thread", code: code)
    }
    identifier = thread
  }

  /// A thread that is not joined runs on by itself.
  deinit {
    pthread_detach(identifier)
  }

  /// Gives the calling thread a name that `top -H` and a debugger show: its first 15 bytes.
  package static func name(_ name: Substring) {
    let short = String(decoding: name.utf8.prefix(15), as: UTF8.self)
    _ = unsafe cposix_name_thread(short)
  }

  /// Waits until the work has ended; a thread that waits for itself is let go instead.
  package consuming func join() {
    let identifier = identifier
    discard self
    if pthread_equal(identifier, pthread_self()) != 0 {
      pthread_detach(identifier)
    } else {
      pthread_join(identifier, nil)
    }
  }
}

/// What a thread is handed through the C interface.
private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

/// Runs work that blocks on a thread of its own and suspends the caller meanwhile.
///
/// It is not interrupted when the caller's task is cancelled.
package func blocking<Value: Sendable>(
  _ work: @escaping @Sendable () throws(PosixError) -> Value
) async throws(PosixError) -> Value {
  try await blockingResult(work).get()
}

/// `blocking` for those who cannot pass a typed error on.
func blockingResult<Value: Sendable>(
  _ work: @escaping @Sendable () throws(PosixError) -> Value
) async -> Result<Value, PosixError> {
  await withCheckedContinuation { continuation in
    do throws(PosixError) {
      _ = try WorkThread {
        continuation.resume(returning: Result(catching: work))
      }
    } catch {
      continuation.resume(returning: .failure(error))
    }
  }
}
