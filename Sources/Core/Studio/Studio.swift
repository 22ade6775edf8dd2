import Gallery
import HTTP
import Posix
import Sandbox
package import Seedream

/// The core service: takes jobs, runs several at a time, and tells what becomes of them.
package actor Studio {
  /// A job and what is needed to run it.
  private struct Job {
    var status: JobStatus
    var id: JobID
    /// With its references stored.
    var request: GenerationRequest
    var provider: ProviderConnection
    /// Forgotten as soon as the job is over.
    var key: String?
    var submitted: Timestamp
    var task: Task<Void, Never>?
  }

  /// How many jobs talk to providers at once.
  package static let parallelJobs = 4

  nonisolated let hub = EventHub()
  private let archive: Archive
  private let client: HTTPClient
  private let catalogue: ModelCatalogue
  private let program: String
  private let sandbox: SandboxHost
  private var entries: [String: Job] = [:]
  private var order: [String] = []
  /// Jobs of earlier services, as the journal tells of them.
  private var past: [JobStatus] = []
  private var idleWaiters: [CheckedContinuation<Void, Never>] = []

  /// Opens a gallery for work. One studio a gallery: its lock is held until this is gone.
  ///
  /// - Parameters:
  ///   - gallery: The directory; made when it is not there.
  ///   - program: What records say made them, `Darkroom 0.1.0`.
  /// - Throws: `StudioError` with a sentence where the gallery cannot be written or is in use.
  package init(
    gallery: String, catalogue: ModelCatalogue = .builtIn, program: String
  ) async throws(StudioError) {
    do {
      archive = try Archive(gallery: gallery)
      client = try HTTPClient(userAgent: program.replacing(" ", with: "/"))
    } catch let error as GalleryError {
      throw StudioError(.gallery, error.message)
    } catch {
      throw StudioError(.notPossible, "\(error)")
    }
    self.catalogue = catalogue
    self.program = program
    sandbox = SandboxHost()
    past = await archive.pastJobs(catalogue: catalogue)
  }

  // MARK: Jobs

  /// Checks a request, stores its references and queues it; it is written down when this returns.
  package func submit(_ submission: JobSubmission) async throws(StudioError) -> JobStatus {
    guard let dialect = Dialect.named(submission.provider.dialect) else {
      throw StudioError(
        .notPossible, "Provider '\(submission.provider.name)' speaks an unknown dialect.")
    }
    let problems = catalogue.problems(
      of: submission.request, on: dialect.site, limits: dialect.limits
    ).filter { $0.severity == .blocking }
    if let first = problems.first {
      throw StudioError(.refused, first.message, problems: problems)
    }
    var request = submission.request
    request.references = try await archive.store(request.references)
    let id: JobID
    let submitted = Timestamp.now()
    do {
      id = try await archive.newJob()
      try await archive.write(
        .intent(.init(request: request, provider: submission.provider.name)), of: id)
    } catch {
      throw StudioError(.gallery, error.message)
    }
    let model = catalogue.model(named: request.model)
    let status = JobStatus(
      id: id.description, state: .queued, request: submission.request,
      provider: submission.provider.name, modelName: model?.name ?? request.model,
      submitted: SystemClock.secondsSince1970, usualSeconds: Self.usual(model, request.count),
      members: [])
    entries[status.id] = Job(
      status: status, id: id, request: request, provider: submission.provider,
      key: submission.key, submitted: submitted)
    order.append(status.id)
    hub.tell(status)
    startNext()
    return status
  }

  /// All jobs this service knows, oldest first.
  package func jobs() -> [JobStatus] {
    past + order.compactMap { entries[$0]?.status }
  }

  package func job(_ id: String) throws(StudioError) -> JobStatus {
    if let status = entries[id]?.status ?? past.last(where: { $0.id == id }) { return status }
    throw StudioError(.noSuchJob, "There is no job '\(id)'; 'darkroom jobs' lists them.")
  }

  /// Ends a job early. One whose request has left may still be drawn and billed, and says so.
  package func cancel(_ id: String) async throws(StudioError) -> JobStatus {
    guard let job = entries[id] else { return try self.job(id) }
    if job.status.state == .queued {
      try? await archive.write(.cancelled, of: job.id)
      finish(id, .cancelled, "Cancelled before anything was sent.")
    } else if !job.status.state.isFinal, let task = job.task {
      task.cancel()
      await task.value
    }
    return try self.job(id)
  }

  /// Sends the request of an earlier job once more, as a new one.
  package func retry(_ id: String, key: String?) async throws(StudioError) -> JobStatus {
    guard let job = entries[id] else {
      _ = try self.job(id)
      throw StudioError(
        .notPossible, "Job \(id) belongs to an earlier service; send its prompt again instead.")
    }
    guard job.status.state.isFinal else {
      throw StudioError(.notPossible, "Job \(id) is not over yet.")
    }
    return try await submit(
      JobSubmission(request: job.status.request, provider: job.provider, key: key))
  }

  /// Returns when no job is queued or running.
  package func untilIdle() async {
    if isIdle { return }
    await withCheckedContinuation { idleWaiters.append($0) }
  }

  /// Whether nothing is queued or running.
  package var isIdle: Bool { !entries.values.contains { !$0.status.state.isFinal } }

  /// Whether somebody listens to the events.
  package nonisolated var hasListeners: Bool { hub.hasListeners }

  // MARK: Running

  private func startNext() {
    var running = entries.values.count { !$0.status.state.isFinal && $0.status.state != .queued }
    for id in order where running < Self.parallelJobs {
      guard entries[id]?.status.state == .queued else { continue }
      running += 1
      start(id)
    }
  }

  private func start(_ id: String) {
    change(id) { $0.status.state = .sending }
    entries[id]?.task = Task { await run(id) }
  }

  private func run(_ id: String) async {
    guard let job = entries[id], let dialect = Dialect.named(job.provider.dialect) else { return }
    let baseURL: String
    do {
      baseURL = try job.provider.baseURL ?? sandbox.baseURL()
    } catch {
      return finish(id, .failed, "The sandbox did not start: \(error).")
    }
    await GenerationRun(
      job: job.id, request: job.request, model: catalogue.model(named: job.request.model),
      provider: job.provider, dialect: dialect, baseURL: baseURL, key: job.key,
      submitted: job.submitted, archive: archive, client: client, program: program,
      report: { [weak self] in await self?.take($0, of: id) }
    ).run()
  }

  private func take(_ report: GenerationRun.Report, of id: String) {
    switch report {
    case .sent(let time):
      change(id) { job in
        job.status.sent = time
        job.status.state = .running
      }
    case .downloading: change(id) { $0.status.state = .downloading }
    case .requestID(let requestID): change(id) { $0.status.providerRequestID = requestID }
    case .member(let member):
      change(id) { job in
        job.status.members.removeAll { $0.index == member.index }
        job.status.members.append(member)
        job.status.members.sort { $0.index < $1.index }
      }
    case .ended(let state, let message): finish(id, state, message)
    }
  }

  private func finish(_ id: String, _ state: JobState, _ message: String?) {
    change(id) { job in
      job.status.state = state
      job.status.message = message
      job.status.finished = SystemClock.secondsSince1970
      job.key = nil
      job.task = nil
    }
    startNext()
    if isIdle {
      for waiter in idleWaiters { waiter.resume() }
      idleWaiters = []
    }
  }

  private func change(_ id: String, _ body: (inout Job) -> Void) {
    guard var job = entries[id] else { return }
    body(&job)
    entries[id] = job
    hub.tell(job.status)
  }

  private static func usual(_ model: Model?, _ count: Int) -> Double? {
    guard let range = model?.secondsPerPicture else { return nil }
    return (range.lowerBound + range.upperBound) / 2 * Double(count)
  }
}
