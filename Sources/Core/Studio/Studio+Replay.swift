import Gallery
import Jobs

extension Studio {
  /// Takes up the jobs of earlier services where they were left.
  ///
  /// - Parameters:
  ///   - jobs: Oldest first.
  ///   - queue: Those that wait, the next one first.
  func takeUp(_ jobs: [Job], queue: [JobID]) {
    for job in jobs {
      usualTimes.apply(job.status)
      table.add(job)
    }
    for job in queue { table.move(job.description, before: nil) }
    // All of them have changed for whoever heard of them from an earlier service: what ran is unknown now.
    for job in jobs {
      _ = table.change(job.status.id) { job in
        guard !job.status.state.isFinal else { return }
        job.status.usualSeconds = usualSeconds(of: job.status)
      }
    }
    _ = table.updatePlaces()
    for job in jobs where job.status.state.isFinal && !job.missing.isEmpty {
      startFetching(job.status.id)
    }
    startNext()
    guard !missingKeys.isEmpty else { return }
    isLookingUpKeys = true
    Task { [weak self] in await self?.lookUpKeys() }
  }
}
