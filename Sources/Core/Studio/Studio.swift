import Gallery
import HTTP
import Posix
package import Seedream

/// The core service: takes jobs, runs several at a time, and tells what becomes of them.
package actor Studio {
  /// What of the journal could not be read at the start, a sentence each.
  package nonisolated let faults: [String]

  nonisolated let hub = EventHub()
  let bench: Workbench
  let options: StudioOptions
  let catalogue: ModelCatalogue
  let program: String
  let sandbox = SandboxHost()
  var table = JobTable()
  /// Why nothing is sent, a sentence; nil while the gallery can be written.
  var trouble: String?
  /// Tries the gallery out while there is trouble.
  var probing: Task<Void, Never>?
  private var isClosed = false
  private var idleWaiters: [CheckedContinuation<Void, Never>] = []
  /// Those who wait until a run no longer talks to its provider.
  private var quietWaiters: [String: [CheckedContinuation<Void, Never>]] = [:]

  /// Opens a gallery for work. One studio a gallery: its lock is held until this is gone. Pictures that an
  /// earlier service was named and did not save are fetched at once.
  ///
  /// - Parameters:
  ///   - gallery: The directory; made when it is not there.
  ///   - program: What records say made them, `Darkroom 0.1.0`.
  /// - Throws: `StudioError` with a sentence where the gallery cannot be written or is in use.
  package init(
    gallery: String, catalogue: ModelCatalogue = .builtIn, program: String,
    options: StudioOptions = StudioOptions()
  ) async throws(StudioError) {
    let archive: Archive
    do {
      archive = try Archive(
        gallery: gallery, stateDirectory: options.stateDirectory, reducer: options.reducer)
      bench = Workbench(
        archive: archive,
        client: try HTTPClient(userAgent: program.replacing(" ", with: "/")),
        limiter: RateLimiter(perMinute: options.picturesPerMinute), retries: options.retries,
        pollPauses: options.pollPauses)
    } catch let error as GalleryError {
      throw StudioError(.gallery, error.message)
    } catch {
      throw StudioError(.notPossible, "\(error)")
    }
    self.catalogue = catalogue
    self.program = program
    self.options = options
    let past = await archive.past(catalogue: catalogue)
    faults = past.faults
    archive.shelter.onTrouble { [weak self] error in
      Task { [weak self] in await self?.meet(error) }
    }
    for job in past.jobs { table.add(job) }
    for job in past.jobs where !job.missing.isEmpty { startFetching(job.status.id) }
  }

  // MARK: Jobs

  /// Checks a request, stores its references and queues it; it is written down when this returns.
  package func submit(_ submission: JobSubmission) async throws(StudioError) -> JobStatus {
    guard !isClosed else {
      throw StudioError(
        .notPossible, "The service is ending and takes no more jobs; send it again.")
    }
    try check(submission)
    let stored = try await bench.archive.store(submission.request.references)
    var request = submission.request
    request.references = stored.references
    let clientRequestID = ClientRequestID.make()
    let id: JobID
    let submitted = Timestamp.now()
    do {
      id = try await bench.archive.newJob()
      try await bench.archive.write(
        .intent(
          .init(
            request: request, provider: submission.provider.name,
            dialect: submission.provider.dialect, baseURL: submission.provider.baseURL,
            headers: submission.provider.headers, limits: submission.provider.limits,
            clientRequestID: clientRequestID,
            reserved: highestPrice(of: request, on: submission.provider.effectiveDialect))), of: id)
    } catch {
      throw StudioError(.gallery, error.message)
    }
    let model = catalogue.model(named: request.model)
    let status = JobStatus(
      id: id.description, state: .queued, request: submission.request.shown(as: request),
      provider: submission.provider.name, modelName: model?.name ?? request.model,
      submitted: submitted.seconds, usualSeconds: Self.usual(model, request.count),
      notices: stored.notices, clientRequestID: clientRequestID)
    table.add(
      Job(
        status: status, id: id, request: request, provider: submission.provider,
        dialect: submission.provider.dialect, submitted: submitted, key: submission.key,
        trace: submission.trace))
    hub.tell(status)
    startNext()
    return try job(status.id)
  }

  /// All jobs this service knows, oldest first.
  package func jobs() -> [JobStatus] { table.statuses }

  package func job(_ id: String) throws(StudioError) -> JobStatus {
    try known(id).status
  }

  /// Ends a job early; returns when it no longer talks to its provider.
  ///
  /// One whose request has left may still be drawn and billed, and says so. Pictures that are drawn are paid
  /// for: they are fetched all the same.
  package func cancel(_ id: String) async throws(StudioError) -> JobStatus {
    let job = try known(id)
    let id = job.status.id
    switch job.status.state {
    case .queued where job.control == nil:
      finish(id, .of(.cancelled(mayBeBilled: false), members: [], asked: job.request.count))
      try? await bench.archive.write(.cancelled, of: job.id)
    case .downloading:
      change(id) {
        $0.status.message = "Its pictures are drawn and paid for: fetching them goes on."
      }
    case .queued, .sending, .running:
      job.control?.cancel()
      await untilQuiet(id)
    case .done, .partlyDone, .failed, .cancelled, .unknown: break
    }
    return try self.job(id)
  }

  /// Sends the request of an earlier job once more, as a new one that is paid anew.
  ///
  /// - Parameter provider: Whom to ask; nil asks whom the job asked, as far as this service knows.
  package func retry(
    _ id: String, provider: ProviderConnection? = nil, key: String?
  ) async throws(StudioError) -> JobStatus {
    let job = try known(id)
    guard job.status.state.isFinal else {
      throw StudioError(.notPossible, "Job \(id) is not over yet.")
    }
    guard let provider = provider ?? job.provider else {
      throw StudioError(
        .notPossible, "Job \(id) is of an earlier service: name the provider to send it to.")
    }
    return try await submit(JobSubmission(request: job.request, provider: provider, key: key))
  }

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
    startFetching(job.status.id)
    return try self.job(id)
  }

  // MARK: The end

  /// Takes no more jobs, and returns when none is queued or running.
  package func drain() async {
    isClosed = true
    await untilIdle()
  }

  /// Returns when no job is queued or running.
  package func untilIdle() async {
    if isIdle { return }
    await withCheckedContinuation { idleWaiters.append($0) }
  }

  /// Whether nothing is queued or running.
  package var isIdle: Bool { table.isIdle }

  /// Whether somebody listens to the events.
  package nonisolated var hasListeners: Bool { hub.hasListeners }

  // MARK: Changes

  func known(_ id: String) throws(StudioError) -> Job {
    if let job = table[JobID(id)?.text ?? id] { return job }
    throw StudioError(
      .noSuchJob, "There is no job '\(printable(id.prefix(40)))'; 'darkroom jobs' lists them.")
  }

  /// Changes a job, and tells everybody.
  func change(_ id: String, _ body: (inout Job) -> Void) {
    guard let status = table.change(id, body) else { return }
    hub.tell(status)
    let isQuiet = status.state.isFinal || status.state == .downloading
    guard isQuiet, let waiters = quietWaiters.removeValue(forKey: id) else { return }
    for waiter in waiters { waiter.resume() }
  }

  /// - Parameter time: When it ended, in seconds since 1970; now if nil.
  func finish(_ id: String, _ verdict: Verdict, at time: Double? = nil) {
    change(id) { job in
      job.status.state = verdict.state
      job.status.message = verdict.message
      job.status.waitsUntil = nil
      job.status.finished = time ?? SystemClock.secondsSince1970
      job.key = nil
      job.control = nil
    }
    startNext()
    guard isIdle else { return }
    for waiter in idleWaiters { waiter.resume() }
    idleWaiters = []
  }

  private func untilQuiet(_ id: String) async {
    guard let state = table[id]?.status.state, !state.isFinal, state != .downloading else { return }
    await withCheckedContinuation { quietWaiters[id, default: []].append($0) }
  }

  private static func usual(_ model: Model?, _ count: Int) -> Double? {
    guard let range = model?.secondsPerPicture else { return nil }
    return (range.lowerBound + range.upperBound) / 2 * Double(count)
  }
}

extension GenerationRequest {
  /// As submitted, for everybody who listens: the bytes of a picture inside the request have become the
  /// name they are kept under.
  fileprivate func shown(as stored: GenerationRequest) -> GenerationRequest {
    var shown = self
    shown.references = zip(references, stored.references).map { submitted, kept in
      if case .url = submitted { kept } else { submitted }
    }
    return shown
  }
}
