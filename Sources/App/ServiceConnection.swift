import Gallery
package import Jobs
package import Posix
package import Studio

/// The connection to the service of a gallery, for the front end, the commands and the recorder: finds the service or
/// starts it, hands it orders, and hears of its jobs over its restarts.
///
/// One stream of events serves whoever listens and all who follow jobs. Where nobody does, nothing is heard, so that the
/// service may end. Where jobs are followed, the next service takes the place of one that ended, whatever ended it:
/// they are in the journal and go on there.
package actor ServiceConnection {
  /// What a listener is told.
  package enum Event: Sendable {
    /// A service that takes jobs is heard, and has told of them.
    case connected
    /// Nothing is heard; a sentence says why. Unexpected is what nobody has told the service to.
    case lost(String, isUnexpected: Bool = false)
    /// All jobs of a service that has just begun to be heard.
    case jobs([JobStatus])
    /// A job as it stands now.
    case job(JobStatus)
    case queue(QueueStatus)
    /// Pictures came or went otherwise than by a job.
    case gallery
    /// What is left of the budget may be another.
    case ledger(LedgerStatus)
  }

  /// How often in a row a service that cannot be heard is looked for anew, before nobody follows jobs any more.
  static let attempts = 3

  let workspace: Workspace
  /// Where all its tasks run; nil for the common threads, which wake an idle program now and then.
  let pool: WorkPool?

  var tell: (@Sendable (Event) -> Void)?
  var followers: [Int: JobFollower] = [:]
  /// Of followers, so far.
  var count = 0

  private var connecting: Task<Result<StudioClient, StudioError>, Never>?
  /// Hears one service after another. One that takes its place cancels it, and it touches nothing from then on.
  var keeper: Task<Void, Never>?
  /// Whether the keeper has nothing to hear, and only waits for a service of somebody else, if for anything.
  var isResting = false
  /// How long it waits before it looks for one again; longer each time, until one was heard for a while.
  var restingSeconds = 1
  /// Set while its events are heard.
  var heard: StudioClient?
  /// One that finishes its runs and takes no jobs.
  var outgoing: StudioClient?
  /// Whether the service that was heard last broke down; one that was told to end did not.
  var brokeDown = false
  /// Why none was found when one was last looked for, a sentence.
  package internal(set) var failure: String?
  /// When one that broke down was last followed by another for a listener, on the monotonic clock.
  var lastRestart: Int64?

  /// The newest status of every job, for the listener: answers and events overtake each other.
  var known: [String: JobStatus] = [:]
  private var asking: Task<Void, Never>?

  /// Orders of which it is not known whether the service took them.
  var unclear: [JobSubmission] = []

  package init(workspace: Workspace, pool: WorkPool? = nil) {
    self.workspace = workspace
    self.pool = pool
  }

  // MARK: Finding

  /// A service that takes jobs, found or started; asked by many at a time, it is looked for once.
  @discardableResult
  package func connect() async throws(StudioError) -> StudioClient {
    let task = connecting ?? Task.detached(executorPreference: pool) { await self.find() }
    connecting = task
    return try await task.value.get()
  }

  private func find() async -> Result<StudioClient, StudioError> {
    defer { (connecting, outgoing) = (nil, nil) }
    do throws(StudioError) {
      let client = try await workspace.service(.takingJobs) { wait in await self.hearOut(wait) }
      offer(client)
      return .success(client)
    } catch {
      if heard == nil { tell?(.lost(error.message)) }
      return .failure(error)
    }
  }

  /// An older one, or one that is ending, is heard while it finishes its runs.
  private func hearOut(_ wait: ServiceWait) {
    outgoing = wait.client
    offer(wait.client)
  }

  /// Any service, also an older one or one that is ending; found or started.
  package func service(sends: Bool = false) async throws(StudioError) -> StudioClient {
    let client = try await workspace.service(sends: sends)
    offer(client)
    return client
  }

  /// Hears a service that was found, where one is wanted and none is there.
  private func offer(_ client: StudioClient) {
    if isWanted, heard == nil, keeper == nil || isResting { keep(client) }
  }

  // MARK: Listening

  /// Tells what happens from now on, in order; a service is looked for by `connect`.
  ///
  /// One that breaks down is followed by another at once, but at most once a minute. After one that was told to end
  /// that of somebody else is waited for: the gallery may be wanted for something else.
  ///
  /// - Parameter tell: Takes the place of the one before; nil ends the listening. Of a service that is heard already it
  ///   is told what changes from now on.
  package func listen(_ tell: (@Sendable (Event) -> Void)?) {
    self.tell = tell
    if !isWanted { stop() }
  }

  var isWanted: Bool { tell != nil || !followers.isEmpty }

  func stop() {
    keeper?.cancel()
    (keeper, heard, isResting) = (nil, nil, false)
  }

  /// Has a service do something with a job, and tells where the job stands then.
  @discardableResult
  package func ask(
    sends: Bool = false,
    _ body: @Sendable (StudioClient) async throws(StudioError) -> JobStatus
  ) async throws(StudioError) -> JobStatus {
    let client = try await service(sends: sends)
    return take(try await body(client), from: client)
  }

  /// An answer of the service is news like its events, and may be older than they are: the newest of them is told.
  /// What another service than the one that is heard says is not: each counts revisions for itself.
  /// - Returns: That.
  @discardableResult
  func take(_ status: JobStatus, from client: StudioClient) -> JobStatus {
    if let heard, heard.processID != client.processID { return status }
    tellFollowers(status)
    guard let tell else { return status }
    let before = known[status.id]
    let status = newest(status)
    tell(.job(status))
    if before == nil || before?.reserved != status.reserved || status.state.isFinal { askLedger() }
    return status
  }

  func newest(_ status: JobStatus) -> JobStatus {
    if let other = known[status.id], other.revision > status.revision { return other }
    known[status.id] = status
    return status
  }

  /// Asked again meanwhile, it asks once more and tells once.
  func askLedger() {
    asking?.cancel()
    asking = Task.detached(executorPreference: pool) { [heard] in
      guard let ledger = try? await heard?.ledger(), !Task.isCancelled else { return }
      await self.tell?(.ledger(ledger))
    }
  }
}
