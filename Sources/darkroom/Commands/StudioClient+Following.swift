import Jobs
import Posix
import Studio
import Synchronization

extension StudioClient {
  /// Tells every state of jobs from now on, the last one included.
  ///
  /// - Parameters:
  ///   - jobs: As this service knows them.
  ///   - tell: Gets all of them in the same order whenever one has changed.
  /// - Returns: Whether the jobs are over; false where the events ended before them.
  func hear(
    of jobs: [JobStatus], _ tell: @escaping @Sendable ([JobStatus]) -> Void
  ) async throws -> Bool {
    let ids = jobs.map(\.id)
    var known = Dictionary(jobs.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let (stream, feed) = AsyncStream.makeStream(of: JobStatus.self)
    let listening = Task {
      defer { feed.finish() }
      try await events(
        onOpen: {
          // What happened between the answer and now is asked for, not waited for.
          Task {
            for id in ids {
              if let status = try? await self.job(id) { feed.yield(status) }
            }
          }
        },
        onEvent: { event in
          if case .job(let status) = event, ids.contains(status.id) { feed.yield(status) }
        })
    }
    defer { listening.cancel() }
    for await status in stream {
      guard status.revision >= known[status.id]?.revision ?? 0 else { continue }
      known[status.id] = status
      let all = ids.compactMap { known[$0] }
      tell(all)
      if all.allSatisfy(\.state.isFinal) { return true }
    }
    return false
  }
}

extension Workspace {
  /// Fetches the pictures of a job that are drawn and not here, and waits for the end of that; one that is at it
  /// already is only waited for.
  ///
  /// - Returns: The job, and the pictures that came.
  func fetch(_ id: String) async throws -> (job: JobStatus, new: [SavedPicture]) {
    var client = try await service(sends: true)
    let before = try await client.job(id)
    var job = before
    if before.state.phase != .downloading { job = try await client.fetch(id) }
    let newest = Mutex(job)
    for _ in 0..<3 where !job.state.isFinal {
      let isOver = try await client.hear(of: [job]) { jobs in newest.withLock { $0 = jobs[0] } }
      job = newest.withLock(\.self)
      if isOver { break }
      // The next service fetches them by itself.
      client = try await service()
      job = try await client.job(job.id)
      newest.withLock { [job] in $0 = job }
    }
    let known = Set(before.pictures.map(\.id))
    return (job, job.pictures.filter { !known.contains($0.id) })
  }
}
