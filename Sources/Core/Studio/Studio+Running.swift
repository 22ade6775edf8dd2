import Gallery
import Posix
import Seedream

extension Studio {
  /// Starts jobs that wait, as many as may run.
  func startNext() {
    while trouble == nil, let job = table.next(limit: options.parallelJobs) { start(job) }
  }

  private func start(_ job: Job) {
    let id = job.status.id
    let order: Order
    do throws(StudioError) {
      order = try self.order(job)
    } catch {
      return finish(id, Verdict(state: .failed, message: error.message))
    }
    let control = RunControl()
    change(id) { job in
      job.control = control
      job.status.state = .sending
    }
    let run = GenerationRun(
      order: order, bench: bench, control: control,
      report: { [weak self] in await self?.take($0, of: id) })
    Task { await run.run() }
  }

  private func order(_ job: Job) throws(StudioError) -> Order {
    guard let provider = job.provider, var dialect = provider.effectiveDialect else {
      throw StudioError(.notPossible, "The job's provider is not known any more.")
    }
    let baseURL: String
    do {
      baseURL = try provider.baseURL ?? sandbox.baseURL()
    } catch {
      throw StudioError(.notPossible, "The sandbox did not start: \(error).")
    }
    var key = job.key
    if provider.baseURL == nil {
      dialect.authentication = .bearer
      key = sandbox.key
    }
    return Order(
      origin: origin(of: job), model: catalogue.model(of: job.request), dialect: dialect,
      baseURL: baseURL, key: key, trace: job.trace, isPaid: provider.baseURL != nil)
  }

  private func origin(of job: Job) -> Origin {
    let model = catalogue.model(of: job.request)
    let dialect = Dialect.named(job.dialect)
    let site = dialect?.site ?? .byteplus
    var single = job.request
    single.count = 1
    return Origin(
      job: job.id, request: job.request,
      modelID: model?.id(for: site, named: job.request.model) ?? job.request.model,
      provider: job.status.provider, dialect: job.dialect,
      clientRequestID: job.status.clientRequestID, submitted: job.submitted,
      price: highestPrice(of: single, on: dialect), program: program)
  }

  /// The most a request may cost; nil where the provider's prices are not known.
  func highestPrice(of request: GenerationRequest, on dialect: Dialect?) -> Price? {
    dialect?.highestCost(of: request, for: catalogue.model(of: request)).map {
      Price(currency: $0.currency.rawValue, millionths: Int64($0.tenThousandths) * 100)
    }
  }

  func take(_ report: RunReport, of id: String) {
    switch report {
    case .ended(let verdict):
      finish(id, verdict)
      fetchLater(id)
    case .held: putBack(id)
    default: change(id) { $0.take(report) }
    }
  }

  // MARK: Fetching

  /// Fetches what a job that is over still misses.
  func startFetching(_ id: String) {
    guard let job = table[id], job.status.state.isFinal, !job.missing.isEmpty else { return }
    let before = job.status
    change(id) { job in
      job.status.state = .downloading
      for number in job.missing.keys {
        job.status.set(.init(index: number - 1, outcome: .arriving))
      }
    }
    let run = FetchRun(
      origin: origin(of: job), sent: job.status.sent.map(Timestamp.init(local:)),
      requestID: job.status.providerRequestID, bench: bench,
      report: { [weak self] in await self?.take($0, of: id) })
    Task {
      await run.run(job.missing)
      endFetching(id, before: before)
    }
  }

  private func endFetching(_ id: String, before: JobStatus) {
    guard let now = table[id]?.status else { return }
    var verdict = Verdict(state: before.state, message: before.message)
    // Only what was missing was wrong with the job: now it is judged anew.
    if [.failed, .partlyDone].contains(before.state), before.message == before.firstTrouble {
      verdict.state = Verdict.state(of: now.members, saved: now.members.savedCount)
      verdict.message = now.firstTrouble
    }
    finish(id, verdict, at: before.finished)
    fetchLater(id)
  }

  /// Fetches once more after a pause that doubles, for as long as it may help. The journal remembers what is
  /// missing when the service ends before.
  private func fetchLater(_ id: String) {
    guard let job = table[id], !job.missing.isEmpty else { return }
    let pause = job.fetchPause.map { min($0 * 2, 3600) } ?? options.retries.firstFetchPause
    job.fetchTimer?.cancel()
    let timer = Task { [weak self] in
      guard (try? await Task.sleep(for: .seconds(pause))) != nil else { return }
      await self?.startFetching(id)
    }
    _ = table.change(id) { job in
      job.fetchPause = pause
      job.fetchTimer = timer
    }
  }
}

extension Job {
  /// Takes in what a run tells, except its end.
  mutating func take(_ report: RunReport) {
    switch report {
    case .sending(let time, let attempt):
      status.sent = time.seconds
      status.attempts = attempt
      status.waitsUntil = nil
      status.message = nil
      status.state = .sending
    case .sent: status.state = .running
    case .waiting(let until, let reason):
      status.state = .queued
      status.waitsUntil = until
      status.message = reason
    case .requestID(let id): status.providerRequestID = id
    case .notice(let sentence): status.notices.append(sentence)
    case .arriving(let number, let source):
      missing[number] = source
      status.set(.init(index: number - 1, outcome: .arriving))
    case .member(let member):
      status.set(member)
      if case .lost(_, isFetchable: true) = member.outcome { return }
      missing[member.index + 1] = nil
    case .downloading:
      status.state = .downloading
      // Nothing more goes to the provider.
      key = nil
    case .ended, .held: break
    }
  }
}
