import Jobs
import Posix
import Studio
import Synchronization

/// The gateway's line to the service of its gallery: hands over jobs, and hears of all that are waited for
/// through one stream of events, however many those are. Nobody is listened to while nobody waits, so that
/// the service may end.
final class JobLine: Sendable {
  private struct Follower {
    /// Several where they were asked for together.
    let jobs: [String]
    let feed: AsyncStream<[JobStatus]>.Continuation
    /// What was heard of each; revisions are counted by each service for itself.
    var heard: [String: (revision: Int, state: JobStatus)] = [:]

    mutating func forgetRevisions() {
      for job in heard.keys { heard[job]?.revision = -1 }
    }

    /// What is to be told, once something was heard of all.
    var state: [JobStatus]? {
      let states = jobs.compactMap { heard[$0]?.state }
      return states.count == jobs.count ? states : nil
    }
  }

  private struct State {
    /// Several may follow one job: a client that asked again by itself, and the first try.
    var followers: [Int: Follower] = [:]
    var count = 0
    var listening: Task<Void, Never>?
    /// Set while its events are heard.
    var heard: StudioClient?
    var connecting: Task<Result<StudioClient, StudioError>, Never>?
  }

  /// How often a line that breaks is taken up again before something was heard.
  private static let attempts = 3

  private let workspace: Workspace
  private let state = Mutex(State())

  init(workspace: Workspace) { self.workspace = workspace }

  // MARK: Handing over

  /// A service that takes jobs, found or started; asked by many at a time, it is looked for once.
  func service() async throws(StudioError) -> StudioClient {
    let task = state.withLock { state in
      if let connecting = state.connecting { return connecting }
      let connecting = Task.detached { [self] () -> Result<StudioClient, StudioError> in
        defer { self.state.withLock { $0.connecting = nil } }
        do throws(StudioError) {
          return .success(try await workspace.service(.takingJobs))
        } catch {
          return .failure(error)
        }
      }
      state.connecting = connecting
      return connecting
    }
    return try await task.value.get()
  }

  /// What came of handing a job over.
  enum Handing: Sendable {
    /// More than one where the model draws one picture a request.
    case taken([JobStatus])
    case refused(StudioError)
    /// There is no service to take it.
    case unserved(StudioError)
  }

  /// Hands a job over; a service that began to end just then is followed by the next.
  func submit(_ submission: JobSubmission) async -> Handing {
    var refusal = StudioError(.ending, "The service is ending.")
    for _ in 0..<Self.attempts {
      let client: StudioClient
      do throws(StudioError) {
        client = try await service()
      } catch {
        return .unserved(error)
      }
      do throws(StudioError) {
        return .taken(try await client.submitAll(submission))
      } catch {
        guard error.code == .ending else { return .refused(error) }
        refusal = error
      }
    }
    return .unserved(refusal)
  }

  // MARK: Hearing

  /// Where jobs stand from now on, the newest state each time; over when nothing more can be heard.
  func follow(_ ids: [String]) -> AsyncStream<[JobStatus]> {
    let (stream, feed) = AsyncStream.makeStream(
      of: [JobStatus].self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    feed.onTermination = { [weak self] _ in self?.leave(number) }
    let heard = state.withLock { state in
      state.followers[number] = Follower(jobs: ids, feed: feed)
      if state.listening == nil {
        state.listening = Task.detached { [weak self] in await self?.listen() }
      }
      return state.heard
    }
    // One that is being connected asks for all when it is heard.
    if let heard { ask(heard, for: ids) }
    return stream
  }

  private func leave(_ number: Int) {
    state.withLock { state in
      state.followers[number] = nil
      guard state.followers.isEmpty else { return }
      state.listening?.cancel()
      state.listening = nil
      state.heard = nil
    }
  }

  private func listen() async {
    var failures = 0
    while failures < Self.attempts, !Task.isCancelled {
      do throws(StudioError) {
        // Started anew where it broke down: what it left in the journal goes on.
        let client = try await workspace.service()
        try await client.events(
          onOpen: {},
          onEvent: { [weak self] event in
            switch event {
            // The first of all: from here on nothing goes by unheard.
            case .queue: self?.begin(client)
            case .job(let status): self?.tell(status)
            case .gallery: break
            }
          })
      } catch {}
      // Asked under the lock, as `leave` tells it there: what is there then may be another's already.
      let wasHeard: Bool? = state.withLock { state in
        guard !Task.isCancelled else { return nil }
        for number in state.followers.keys { state.followers[number]?.forgetRevisions() }
        return state.heard.take() != nil
      }
      guard let wasHeard else { return }
      failures = wasHeard ? 0 : failures + 1
      if !wasHeard { await pause(.milliseconds(500)) }
    }
    let left = state.withLock { state -> [AsyncStream<[JobStatus]>.Continuation] in
      guard !Task.isCancelled else { return [] }
      defer { state.followers = [:] }
      state.listening = nil
      return state.followers.values.map(\.feed)
    }
    for feed in left { feed.finish() }
  }

  private func begin(_ client: StudioClient) {
    let ids = state.withLock { state -> [String] in
      guard state.heard !== client, !state.followers.isEmpty else { return [] }
      state.heard = client
      return Array(Set(state.followers.values.flatMap(\.jobs)))
    }
    ask(client, for: ids)
  }

  /// What happened before it was heard is asked for.
  private func ask(_ client: StudioClient, for ids: [String]) {
    guard !ids.isEmpty else { return }
    Task.detached { [weak self] in
      for id in ids { await self?.ask(client, for: id) }
    }
  }

  private func ask(_ client: StudioClient, for id: String) async {
    for _ in 0..<Self.attempts {
      if let status = try? await client.job(id) { return tell(status) }
      await pause(.milliseconds(500))
    }
    // Whoever follows it would wait for ever; a new line asks anew.
    let left = state.withLock { state -> [Follower] in
      guard state.heard === client else { return [] }
      defer { state.followers = state.followers.filter { !$0.value.jobs.contains(id) } }
      return state.followers.values.filter { $0.jobs.contains(id) }
    }
    for follower in left { follower.feed.finish() }
  }

  private func tell(_ status: JobStatus) {
    state.withLock { state in
      for (number, follower) in state.followers
      where follower.jobs.contains(status.id)
        && status.revision > follower.heard[status.id]?.revision ?? -1
      {
        state.followers[number]?.heard[status.id] = (status.revision, status)
        if let told = state.followers[number]?.state { follower.feed.yield(told) }
      }
    }
  }
}
