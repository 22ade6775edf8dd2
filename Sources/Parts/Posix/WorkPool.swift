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
