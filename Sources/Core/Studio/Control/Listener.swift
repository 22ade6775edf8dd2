import Jobs
import Synchronization

/// One reader of events: the newest status of the queue, and of every job that changed since it last looked. So it
/// has no more than that, however slow the reader and however much happens.
///
/// Any thread may add; one task reads.
package final class Listener: Sendable {
  private let state = Mutex(State())

  package init() {}

  private struct State {
    var latest: [String: JobStatus] = [:]
    var order: [String] = []
    var queue: QueueStatus?
    var galleryHasChanged = false
    var hasEnded = false
    var waiter: CheckedContinuation<Void, Never>?

    var hasNews: Bool { !order.isEmpty || queue != nil || galleryHasChanged }
    var isReady: Bool { hasNews || hasEnded }
  }

  /// What changed since the last call, the queue first, then the jobs, oldest first; waits until something has. Nil at the end, and
  /// when the task is cancelled.
  package func next() async -> [StudioEvent]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.isReady { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      end()
    }
    return state.withLock { state in
      guard state.hasNews else { return nil }
      defer {
        state.latest = [:]
        state.order = []
        state.queue = nil
        state.galleryHasChanged = false
      }
      let queue = state.queue.map { [StudioEvent.queue($0)] } ?? []
      let jobs = state.order.compactMap { id in state.latest[id].map(StudioEvent.job) }
      return queue + jobs + (state.galleryHasChanged ? [.gallery] : [])
    }
  }

  package func add(_ event: StudioEvent) {
    change { state in
      switch event {
      case .job(let status):
        if state.latest.updateValue(status, forKey: status.id) == nil {
          state.order.append(status.id)
        }
      case .queue(let status): state.queue = status
      case .gallery: state.galleryHasChanged = true
      }
    }
  }

  /// What was added is still read.
  package func end() {
    change { $0.hasEnded = true }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiter = state.withLock { state in
      body(&state)
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }
}
