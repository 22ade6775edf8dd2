import Posix
import Studio
import Synchronization

extension StudioClient {
  /// Tells every state of a job from now on, the last one included.
  ///
  /// - Returns: Whether the job is over; false where the events ended before it.
  func hear(of id: String, _ tell: @escaping @Sendable (JobStatus) -> Void) async throws -> Bool {
    let (stream, feed) = AsyncStream.makeStream(of: JobStatus.self)
    let listening = Task {
      defer { feed.finish() }
      try await events(
        onOpen: {
          // What happened between the answer and now is asked for, not waited for.
          Task {
            if let status = try? await self.job(id) { feed.yield(status) }
          }
        },
        onEvent: { event in
          if case .job(let status) = event, status.id == id { feed.yield(status) }
        })
    }
    defer { listening.cancel() }
    for await status in stream {
      tell(status)
      if status.state.isFinal { return true }
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
    if before.state != .downloading { job = try await client.fetch(id) }
    let newest = Mutex(job)
    for _ in 0..<3 where !job.state.isFinal {
      let isOver = try await client.hear(of: job.id) { status in newest.withLock { $0 = status } }
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
