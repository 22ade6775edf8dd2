/// An executor whose jobs run one after another on a thread of its own, so that an actor may block in
/// a C library. Give its `executor` to the actor as `unownedExecutor`.
package final class WorkQueue: SerialExecutor {
  private let thread: JobThread

  /// Starts the thread; it ends with the queue.
  package init() throws(PosixError) {
    thread = try JobThread()
  }

  /// What an actor that owns the queue returns as its `unownedExecutor`: the queue must outlive it.
  @safe package var executor: UnownedSerialExecutor { unsafe asUnownedSerialExecutor() }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    thread.enqueue { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// An executor for tasks that belong to no actor, in place of the cooperative pool: one thread that
/// sleeps while there is nothing to do. For `Task.detached(executorPreference:)`, whose children and
/// continuations stay here (SE-0417).
package final class WorkPool: TaskExecutor {
  private let thread: JobThread

  /// Starts the thread; it ends with the pool.
  package init() throws(PosixError) {
    thread = try JobThread()
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    thread.enqueue { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
