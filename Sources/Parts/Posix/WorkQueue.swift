/// An executor whose jobs run one after another on a thread of its own, so that an actor may block in
/// a C library. Give one to the actor as its `unownedExecutor`.
package final class WorkQueue: SerialExecutor {
  private let thread: JobThread

  /// Starts the thread; it ends with the queue.
  package init() throws(PosixError) {
    thread = try JobThread()
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    thread.enqueue { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
