import Gallery
package import Jobs
import Seedream

extension Studio {
  /// Ends a job early; returns when it no longer talks to its provider, and that is written down. A disk that hangs
  /// is waited for a while only: the provider's connection is closed at once, and the job says its end later.
  ///
  /// One whose request has left may still be drawn and billed, and says so. Pictures that are drawn are paid
  /// for: they are fetched all the same, and a provider that has taken the request as a job of its own, which
  /// nobody can call back, is asked on for them.
  package func cancel(_ id: String) async throws(StudioError) -> JobStatus {
    let job = try known(id)
    let id = job.status.id
    switch job.status.state {
    case .queued where job.control == nil:
      try await cancelWaiting(job)
    case .running where job.control == nil:
      // Its provider draws it, and could not be asked yet for want of a key.
      finish(id, .of(.cancelled(mayBeBilled: true), members: [], asked: job.request.count))
      try? await dependencies.galleryActor.write(.cancelled, of: job.id)
    case .downloading:
      change(id) {
        $0.status.message = "Its pictures are drawn and paid for: fetching them goes on."
      }
    case .queued, .sending, .running:
      if job.pending == nil {
        job.control?.cancel()
        letGoOn(id)
        await untilQuiet(id, patience: options.cancelPatience)
        if !isQuiet(id) {
          change(id) {
            $0.status.message =
              "It is cut off from its provider; what has come by then waits for the disk of the gallery."
          }
        }
      }
      guard let now = table[id], now.pending != nil, !now.status.state.isFinal else { break }
      change(id) {
        $0.status.message =
          "The provider has taken it and draws it: asking for the pictures, which are paid for, goes on."
      }
    case .done, .partlyDone, .failed, .cancelled, .unknown: break
    }
    return try self.job(id)
  }

  /// Cancels all jobs that are not over; returns them when none of them talks to its provider any more.
  package func cancelAll() async -> [JobStatus] {
    let ids = table.statuses.filter { !$0.state.isFinal }.map(\.id)
    // Else the end of one would start the next.
    for id in ids { table.hold(id) }
    for id in ids {
      // One that is over in the meantime is none to cancel.
      _ = try? await cancel(id)
      table.release(id)
    }
    startNext()
    return ids.compactMap { table[$0]?.status }
  }

  /// Cancels a job whose request is nowhere yet; written down before it is told.
  private func cancelWaiting(_ job: Job) async throws(StudioError) {
    let id = job.status.id
    try await write(.cancelled, of: job, holding: [id])
    finish(id, .of(.cancelled(mayBeBilled: false), members: [], asked: job.request.count))
  }
}
