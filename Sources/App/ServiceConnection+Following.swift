package import Jobs
import Posix
import Studio

extension ServiceConnection {
  /// Where jobs stand that were asked for together, from now on: all of them, each time one has changed; who is
  /// slow gets the newest. Over when nothing more can be heard of them.
  ///
  /// - Parameter restarts: How many services may end before the jobs do.
  package func follow(_ ids: [String], restarts: Int = .max) -> AsyncStream<[JobStatus]> {
    let (stream, feed) = AsyncStream.makeStream(
      of: [JobStatus].self, bufferingPolicy: .bufferingNewest(1))
    count += 1
    feed.onTermination = { [self, pool, number = count] _ in
      Task.detached(executorPreference: pool) { await self.leave(number) }
    }
    followers[count] = JobFollower(ids, restarts: restarts, feed)
    if let heard {
      ask(heard, for: ids)
    } else if keeper == nil || isResting {
      keep()
    }
    return stream
  }

  private func leave(_ number: Int) {
    followers[number] = nil
    if !isWanted { stop() }
  }

  func giveUp(_ isMeant: (JobFollower) -> Bool) {
    for (number, follower) in followers where isMeant(follower) {
      followers[number] = nil
      follower.finish()
    }
  }

  func tellFollowers(_ status: JobStatus) {
    for number in followers.keys { followers[number]?.take(status) }
  }

  /// What happened before it was heard is asked for.
  func ask(_ client: StudioClient, for ids: [String]) {
    guard !ids.isEmpty else { return }
    Task.detached(executorPreference: pool) {
      for id in ids { await self.ask(client, for: id) }
    }
  }

  private func ask(_ client: StudioClient, for id: String) async {
    for _ in 0..<Self.attempts {
      if let status = try? await client.job(id) {
        return tellFollowers(status)
      }
      await pause(.milliseconds(500))
    }
    // Whoever follows it would wait for ever; the next service is asked anew.
    if heard === client { giveUp { $0.ids.contains(id) } }
  }
}

/// One who follows jobs that were asked for together, and what was heard of them.
struct JobFollower {
  let ids: [String]
  /// How many services may still end before the jobs do.
  private(set) var restarts: Int
  private let feed: AsyncStream<[JobStatus]>.Continuation
  private var known: [String: JobStatus] = [:]
  /// Each service counts them for itself.
  private var revisions: [String: Int] = [:]

  init(_ ids: [String], restarts: Int, _ feed: AsyncStream<[JobStatus]>.Continuation) {
    self.ids = ids
    self.restarts = restarts
    self.feed = feed
  }

  /// Tells where all of the jobs stand, once something was heard of each, if this is one of them and new.
  mutating func take(_ status: JobStatus) {
    guard ids.contains(status.id), status.revision > revisions[status.id] ?? -1 else { return }
    revisions[status.id] = status.revision
    known[status.id] = status
    let jobs = ids.compactMap { known[$0] }
    if jobs.count == ids.count { feed.yield(jobs) }
  }

  mutating func serviceEnded() {
    restarts -= 1
    revisions = [:]
  }

  /// Nothing more can be heard.
  func finish() { feed.finish() }
}
