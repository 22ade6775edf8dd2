import Gallery
import Interface
import Jobs
import Posix
import Seedream
import Studio
import Synchronization

/// The front end's line to the service: finds or starts it, hears its events, hands it jobs.
final class ServiceLink: Sendable {
  let workspace: Workspace
  let mailbox: Mailbox<AppAction>
  private let connecting = Mutex<Task<Void, Never>?>(nil)
  private let listening = Mutex<Task<Void, Never>?>(nil)
  /// The newest status of every job: answers and events overtake each other.
  private let known = Mutex<[String: JobStatus]>([:])
  /// Pictures that were told already, so that each is told once.
  private let told = Mutex<Set<String>>([])
  private let toldFaults = Mutex<Set<String>>([])

  /// Sends of which it is not known whether the service took them.
  private let unclear = Mutex<[JobSubmission]>([])

  /// When a service that broke down was last followed by another, on the monotonic clock.
  private let lastRestart = Mutex<Int64?>(nil)

  let pool: WorkPool
  /// Seconds since 1970: pictures made before are in the index that is read at the start.
  private let start = SystemClock.secondsSince1970

  init(workspace: Workspace, mailbox: Mailbox<AppAction>, pool: WorkPool) {
    self.pool = pool
    self.mailbox = mailbox
    // Standard error is the screen.
    let said = Said()
    var workspace = workspace
    workspace.tell = { telling in
      switch telling {
      case .wait(let sentence): mailbox.send(.noticed(Notice(.information, sentence)))
      case .network(let sentence):
        if said.isNew(sentence) { mailbox.send(.noticed(Notice(.warning, sentence))) }
      }
    }
    self.workspace = workspace
  }

  /// The question for the ledger that is under way; a newer one takes its place.
  let ledgerAsked = Mutex<Task<Void, Never>?>(nil)

  /// Finds or starts the service and listens to it; asked twice at a time, it does so once.
  func connect() async {
    let task = connecting.withLock { connecting in
      if let connecting { return connecting }
      let task = Task.detached(executorPreference: pool) { [self] in
        await connectOnce()
        self.connecting.withLock { $0 = nil }
      }
      connecting = task
      return task
    }
    await task.value
  }

  /// Says what of the journal could not be read, once.
  private func tell(faults: [String]) {
    let untold = toldFaults.withLock { told in
      defer { told.formUnion(faults) }
      return faults.filter { !told.contains($0) }
    }
    if !untold.isEmpty { mailbox.send(.noticed(Notice(.warning, untold.joined(separator: " ")))) }
  }

  private func connectOnce() async {
    do throws(StudioError) {
      try await follow(try await service())
      mailbox.send(.serviceConnected)
      askLedger()
    } catch {
      mailbox.send(.serviceLost(message: error.message))
    }
  }

  /// A service that takes jobs. While an older one finishes its runs, those are followed.
  private func service() async throws(StudioError) -> StudioClient {
    try await workspace.service(.takingJobs) { [self] wait in
      // One of another version may tell of its jobs in words unknown here: they are in the journal.
      try? await follow(wait.client)
    }
  }

  /// Hears the events of a service from now on, and tells of all its jobs.
  private func follow(_ client: StudioClient) async throws(StudioError) {
    // Before the jobs are asked for, so that nothing happens between the list and the first event.
    await listen(client)
    let jobs = try await client.jobs().map(newest)
    for job in jobs { tellPictures(of: job, since: start - 10) }
    // Those that ended in this session too: their end may have gone by while nobody listened.
    mailbox.send(
      .jobsListed(
        jobs.filter {
          $0.isRecent(at: SystemClock.secondsSince1970) || $0.finished ?? .infinity >= start
        }))
  }

  /// The answer to `send`.
  func send(ticket: Int, _ request: GenerationRequest, provider: String) async -> AppAction {
    do {
      let submission = sameOrder(
        try await workspace.submission(try request.withCheckedPrompt(), provider: provider))
      // The events tell of the job from its first state on; the answer may be older than they are.
      if listening.withLock({ $0 == nil }) { await connect() }
      let status = try await handOver(submission)
      return .sendAccepted(ticket: ticket, jobID: status.id)
    } catch let error as StudioError {
      return .sendRefused(ticket: ticket, error.problems, message: error.message)
    } catch {
      return .sendRefused(ticket: ticket, [], message: Failures.sentence(error))
    }
  }

  private func handOver(_ submission: JobSubmission) async throws -> JobStatus {
    do {
      return try await workspace.handing { client throws(StudioError) in
        try await client.submit(submission)
      }
    } catch {
      guard error.code == .unclear else { throw error }
      unclear.withLock { $0.append(submission) }
      throw StudioError(
        .unclear, "\(error.message) Sending it again asks for the same job, not for another.")
    }
  }

  /// An order of which it is not known whether the service took it stays the same order.
  private func sameOrder(_ submission: JobSubmission) -> JobSubmission {
    unclear.withLock { unclear in
      let place = unclear.firstIndex {
        $0.request == submission.request && $0.provider == submission.provider
      }
      guard let place else { return submission }
      var same = submission
      same.fingerprint = unclear.remove(at: place).fingerprint
      return same
    }
  }

  /// The answer to `cancelJob`; nil where the events tell of it.
  func cancel(_ id: String) async -> AppAction? {
    await orNotice { client throws(StudioError) in
      .jobReported(newest(try await client.cancel(id)))
    }
  }

  /// What comes of asking the service, or a notice of what it has against it.
  func orNotice(
    _ ask: (StudioClient) async throws(StudioError) -> AppAction
  ) async -> AppAction {
    do throws(StudioError) {
      return try await ask(try await workspace.service())
    } catch {
      return .noticed(Notice(.error, error.message))
    }
  }

  /// The answer to `retryJob`: the same request as a new job, which is paid anew.
  func retry(_ id: String) async -> AppAction {
    do {
      return .jobReported(
        newest(
          try await workspace.retry(id, asBefore: true) { [mailbox] in
            mailbox.send(.noticed(Notice(.warning, $0)))
          }))
    } catch {
      return .noticed(Notice(.error, Failures.sentence(error)))
    }
  }

  /// Returns once events are heard, or cannot be.
  private func listen(_ client: StudioClient) async {
    // Revisions are counted by each service for itself: those of the last one mean nothing any more.
    known.withLock { $0 = [:] }
    let (opening, opened) = AsyncStream.makeStream(of: Void.self)
    let task = Task.detached(executorPreference: pool) { [self] in
      var end = End.orderly
      do throws(StudioError) {
        try await client.events(
          onOpen: { opened.finish() },
          onEvent: { [self] event in
            switch event {
            case .job(let status): hear(status)
            case .gallery: mailbox.send(.galleryChanged)
            case .queue(let status):
              mailbox.send(.queueReported(status))
              tell(faults: status.faults ?? [])
            }
          })
      } catch {
        // A service that ends in order takes its note away before it cuts its connections.
        let hasNote = FileSystem.exists(GalleryLayout(root: workspace.gallery).socketNote)
        if hasNote { end = .broken(error.message) }
      }
      opened.finish()
      guard !Task.isCancelled else { return }
      listening.withLock { $0 = nil }
      await heedEnd(end)
    }
    listening.withLock { listening in
      listening?.cancel()
      listening = task
    }
    for await _ in opening {}
  }

  /// How the events of a service ended.
  private enum End {
    /// It was told to end.
    case orderly
    case broken(String)
  }

  /// A service that broke down is followed by another at once, so that what it left in the journal goes
  /// on. One that was told to end is not: its gallery may be wanted for something else.
  private func heedEnd(_ end: End) async {
    switch end {
    case .orderly:
      mailbox.send(.serviceLost(message: "The service has ended; the next send starts it again."))
      await waitForAnother()
    case .broken(let message):
      mailbox.send(.serviceLost(message: message))
      if mayRestart() { await connect() } else { await waitForAnother() }
    }
  }

  /// Once a minute: a service that breaks down whenever it starts is left to the person.
  private func mayRestart() -> Bool {
    let now = SystemClock.monotonicMilliseconds
    return lastRestart.withLock { last in
      if let last, now - last < 60_000 { return false }
      last = now
      return true
    }
  }

  /// Connects to the service that somebody else starts.
  private func waitForAnother() async {
    var seconds = 1
    while connecting.withLock({ $0 == nil }), listening.withLock({ $0 == nil }) {
      if (try? await workspace.runningService()?.greeting().isEnding) == false {
        return await connect()
      }
      await pause(.seconds(seconds))
      seconds = min(seconds * 2, 60)
    }
  }

  /// The status itself, or a newer one that was heard before.
  func newest(_ status: JobStatus) -> JobStatus {
    known.withLock { known in
      if let other = known[status.id], other.revision > status.revision { return other }
      known[status.id] = status
      return status
    }
  }

  func hear(_ status: JobStatus) {
    let before = known.withLock { $0[status.id] }
    let status = newest(status)
    tellPictures(of: status)
    mailbox.send(.jobReported(status))
    if before == nil || before?.reserved != status.reserved || status.state.isFinal { askLedger() }
  }

  private func tellPictures(of status: JobStatus, since start: Double = 0) {
    for picture in status.pictures where picture.created >= start && picture.trashed == nil {
      guard told.withLock({ $0.insert(picture.id).inserted }) else { continue }
      mailbox.send(.pictureArrived(status.item(of: picture)))
    }
  }
}
