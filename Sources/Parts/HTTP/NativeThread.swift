import Glibc

/// A thread outside the cooperative pool, for a C library that blocks.
enum NativeThread {
  struct Failure: Error {
    /// As returned by pthread_create(3).
    let number: Int32
  }

  /// Runs the work on a new thread that takes no signals: those belong to the main thread.
  static func start(
    _ work: @escaping @Sendable () -> Void
  ) throws(Failure) -> pthread_t {
    let box = unsafe Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let number = withoutSignals {
      unsafe pthread_create(&thread, nil, runWork, box.toOpaque())
    }
    guard number == 0 else {
      unsafe box.release()
      throw Failure(number: number)
    }
    return thread
  }

  /// Waits for a thread's end; a thread that waits for itself is let go instead.
  static func join(_ thread: pthread_t) {
    if pthread_equal(thread, pthread_self()) != 0 {
      pthread_detach(thread)
    } else {
      pthread_join(thread, nil)
    }
  }

  /// Runs the body with all signals blocked, which threads born in it inherit.
  static func withoutSignals<Result>(_ body: () -> Result) -> Result {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    return body()
  }
}

private final class Work {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
