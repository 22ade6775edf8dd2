import Gallery

extension Studio {
  /// Takes up the jobs of earlier services where they were left.
  ///
  /// - Parameters:
  ///   - jobs: Oldest first.
  ///   - queue: Those that wait, the next one first.
  func takeUp(_ jobs: [Job], queue: [JobID]) {
    for job in jobs {
      usualTimes.take(job.status)
      table.add(job)
    }
    for job in queue { table.move(job.description, before: nil) }
    for job in jobs where !job.status.state.isFinal {
      _ = table.change(job.status.id) { $0.status.usualSeconds = usualSeconds(of: $0.status) }
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
