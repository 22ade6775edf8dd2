internal import Dispatch

/// An executor whose jobs run one after another outside the cooperative pool, so that an actor may
/// block in a C library. Give one to the actor as its `unownedExecutor`.
package final class WorkQueue: SerialExecutor {
  private let queue: DispatchQueue

  /// - Parameter label: Shown by debuggers.
  package init(label: String) {
    queue = DispatchQueue(label: label)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  package func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
