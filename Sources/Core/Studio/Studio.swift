import Gallery
import HTTP
package import Jobs
import Posix
package import Seedream

/// The core service: takes jobs, runs several at a time, and tells what becomes of them.
package actor Studio {
  /// What of the journal could not be read at the start, a sentence each.
  package nonisolated let faults: [String]

  nonisolated let hub = EventHub()
  let dependencies: RunDependencies
  let options: StudioOptions
  let catalogue: ModelCatalogue
  let program: String
  let sandbox = SandboxHost()
  var table = JobTable()
  /// Tries the gallery out while there is trouble.
  var probing: Task<Void, Never>?
  /// Whether the queue moves.
  package internal(set) var queueStatus: QueueStatus
  /// How many jobs of a provider run at once, by its name, as far as somebody has said.
  var parallel: [String: Int]
  /// Runs that have paused and wait to go on, in order.
  var returning: [(id: String, continuation: CheckedContinuation<Void, Never>)] = []
  /// What the gallery last had against being written.
  var lastTrouble: GalleryError?
  var usualTimes = UsualTimes()
  /// Whether the configuration is being asked for keys.
  var isLookingUpKeys = false
  /// Unknown outcomes about which a decision is being written down.
  var beingDecided: Set<JobID> = []
  /// Requests of clients that may ask again by themselves, by their digest, while they become jobs; with
  /// those who wait for that.
  var beingSubmitted: [String: [CheckedContinuation<Void, Never>]] = [:]
  var ledger: Ledger
  /// Whether what earlier services have left is known; until then nothing is taken and nothing is sent.
  var isJournalRead = true
  /// Whether no more jobs are taken and none is started: the service is ending.
  var isClosed = false
  /// Those who wait until every job is over, and those who wait until none is under way.
  var idleWaiters: [CheckedContinuation<Void, Never>] = []
  var endWaiters: [CheckedContinuation<Void, Never>] = []
  /// Those who wait until a run no longer talks to its provider.
  private var quietWaiters: [String: [CheckedContinuation<Void, Never>]] = [:]

  /// Opens a gallery for work. One studio a gallery: its lock is held until this is gone.
  ///
  /// What earlier services left goes on: jobs that were not sent wait for their turn, pictures that were
  /// named and not saved are fetched, and what a provider still draws is asked for.
  ///
  /// - Parameters:
  ///   - gallery: The directory; made when it is not there.
  ///   - program: What records say made them, `Darkroom 0.1.0`.
  /// - Throws: `StudioError` with a sentence where the gallery cannot be written or is in use.
  package init(
    gallery: String, catalogue: ModelCatalogue = .builtIn, program: String,
    options: StudioOptions = StudioOptions()
  ) async throws(StudioError) {
    let galleryActor: GalleryActor
    do {
      galleryActor = try GalleryActor(
        gallery: gallery, stateDirectory: options.stateDirectory, reducer: options.reducer)
      dependencies = RunDependencies(
        galleryActor: galleryActor,
        client: try HTTPClient(userAgent: program.replacing(" ", with: "/")),
        limiter: RateLimiter(perMinute: options.picturesPerMinute), retries: options.retries,
        pollPauses: options.pollPauses)
    } catch let error as GalleryError {
      throw StudioError(error.code == .inUse ? .inUse : .gallery, error.message)
    } catch {
      throw StudioError(.notPossible, "\(error)")
    }
    self.catalogue = catalogue
    self.program = program
    self.options = options
    let past = await galleryActor.past(catalogue: catalogue)
    faults = past.faults + [past.failure?.message].compactMap(\.self)
    queueStatus = QueueStatus(isPaused: past.isPaused)
    if !past.faults.isEmpty { queueStatus.faults = past.faults }
    parallel = options.parallel
    ledger = past.ledger
    galleryActor.spool.onTrouble { [weak self] error in
      Task { [weak self] in await self?.onFailure(error) }
    }
    galleryActor.spool.onChange { [weak self] in
      Task { [weak self] in await self?.retellTrouble() }
    }
    if let failure = past.failure {
      isJournalRead = false
      onFailure(failure)
    } else {
      takeUp(past.jobs, queue: past.queue)
    }
  }

  // MARK: Jobs

  /// All jobs this service knows, oldest first.
  package func jobs() -> [JobStatus] { table.statuses }

  package func job(_ id: String) throws(StudioError) -> JobStatus {
    try known(id).status
  }

  // MARK: Changes

  /// Does something with the gallery; what it has against it is told to whoever asked.
  func gallery<Value: Sendable>(
    _ body: () async throws(GalleryError) -> Value
  ) async throws(StudioError) -> Value {
    do {
      return try await body()
    } catch {
      throw StudioError(.gallery, error.message)
    }
  }

  func known(_ id: String) throws(StudioError) -> Job {
    if let job = table[JobID(id)?.text ?? id] { return job }
    throw StudioError(
      .noSuchJob, "There is no job '\(printable(id.prefix(40)))'; 'darkroom jobs' lists them.")
  }

  /// Changes a job, and tells everybody.
  func change(_ id: String, _ body: (inout Job) -> Void) {
    guard let status = table.change(id, body) else { return }
    hub.publish(status)
    tellPlaces()
    guard isQuiet(id), let waiters = quietWaiters.removeValue(forKey: id) else { return }
    for waiter in waiters { waiter.resume() }
  }

  /// - Parameter time: When it ended, in seconds since 1970; now if nil.
  func finish(_ id: String, _ outcome: JobOutcome, at time: Double? = nil) {
    keepAccount(of: id, outcome)
    change(id) { job in
      job.end(outcome, at: time ?? SystemClock.secondsSince1970)
    }
    if time == nil, let status = table[id]?.status { usualTimes.apply(status) }
    startNext()
    wakeWaiters()
  }

  /// Waits until a job does not talk to its provider any more, and that is written down; at most so many seconds.
  func untilQuiet(_ id: String, patience: Double) async {
    guard !isQuiet(id) else { return }
    let timer = Task {
      try await Task.sleep(for: .seconds(patience))
      for waiter in quietWaiters.removeValue(forKey: id) ?? [] { waiter.resume() }
    }
    await withCheckedContinuation { quietWaiters[id, default: []].append($0) }
    timer.cancel()
  }

  /// Whether a job does not talk to its provider any more, or only asks for what is paid for.
  func isQuiet(_ id: String) -> Bool {
    guard let job = table[id] else { return true }
    return job.status.state.isFinal || job.status.state.phase == .downloading || job.pending != nil
  }
}
