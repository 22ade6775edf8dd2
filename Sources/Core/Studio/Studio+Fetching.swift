import Gallery
package import Jobs
import Posix

extension Studio {
  /// Fetches the pictures of a job that were drawn and are not in the gallery; nothing is sent to the
  /// provider and nothing is paid.
  package func fetch(_ id: String) throws(StudioError) -> JobStatus {
    let job = try known(id)
    guard job.status.state.isFinal else {
      throw StudioError(.notPossible, "Job \(id) is not over yet.")
    }
    guard !job.missing.isEmpty else {
      throw StudioError(.notPossible, "Job \(id) misses no picture that could still be fetched.")
    }
    guard !isClosed else {
      throw StudioError(.ending, "The service is ending; the next one fetches them by itself.")
    }
    startFetching(job.status.id)
    return try self.job(id)
  }

  /// Fetches what a job that is over still misses.
  func startFetching(_ id: String) {
    guard !isClosed, let job = table[id], job.status.state.isFinal, !job.missing.isEmpty else {
      return
    }
    let before = job.status
    change(id) { job in
      job.status.state = .downloading(isUnresolved: before.state.isUnresolved)
      for number in job.missing.keys {
        job.status.set(.init(index: number - 1, outcome: .arriving))
      }
    }
    let run = FetchRun(
      context: context(of: job), sent: job.status.sent.map(Timestamp.init(local:)),
      requestID: job.status.providerRequestID, said: job.said, dependencies: dependencies,
      report: { [weak self] in await self?.apply($0, of: id) })
    Task {
      await run.run(job.missing)
      await endFetching(id, before: before)
    }
  }

  private func endFetching(_ id: String, before: JobStatus) async {
    guard let now = table[id]?.status else { return }
    var outcome = JobOutcome(state: before.state, message: before.message, error: before.error)
    // Only what was missing was wrong with the job: now it is judged anew.
    if [.failed, .partlyDone].contains(before.state), before.message == before.firstTrouble {
      outcome.state = JobOutcome.state(of: now.members, saved: now.members.savedCount)
      outcome.message = now.firstTrouble
    }
    await settle(id, outcome)
    finish(id, outcome, at: before.finished)
    fetchLater(id)
  }

  /// Fetches once more after a pause that doubles, for as long as it may help. The journal remembers what is
  /// missing when the service ends before.
  func fetchLater(_ id: String) {
    guard let job = table[id], !job.missing.isEmpty else { return }
    // The trouble that kept it from being filed was over before the job was: nobody else would ask again.
    if !isClosed, probing == nil, job.missing.values.contains(where: \.waitsForDisk),
      let failure = dependencies.galleryActor.spool.failure
    {
      onFailure(failure)
    }
    let pause = job.fetchPause.map { min($0 * 2, 3600) } ?? options.retries.firstFetchPause
    job.fetchTimer?.cancel()
    let timer = Task { [weak self] in
      guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
      await self?.startFetching(id)
    }
    _ = table.change(id) { job in
      job.fetchPause = pause
      job.fetchTimer = timer
    }
  }
}
