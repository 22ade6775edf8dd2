import Gallery
import Seedream

extension Studio {
  /// Checks a request, stores its references and queues it; it is written down when this returns.
  package func submit(_ submission: JobSubmission) async throws(StudioError) -> JobStatus {
    guard let fingerprint = submission.fingerprint else {
      return try await submit(submission, needsKey: false, resending: nil)
    }
    return try await submitOnce(submission, fingerprint)
  }

  /// Sends the request of an earlier job once more, as a new one that is paid anew. An unknown outcome is
  /// decided by that.
  ///
  /// - Parameters:
  ///   - provider: Whom to ask; nil asks whom the job asked, as far as the journal knows.
  ///   - key: Nil without a provider takes the one of the configuration, or waits for it.
  ///   - budget: Of whoever sends it; the service's own holds as well.
  package func retry(
    _ id: String, provider: ProviderConnection? = nil, key: String?, within budget: Budget? = nil
  ) async throws(StudioError) -> JobStatus {
    let job = try known(id)
    guard job.status.state.isFinal else {
      throw StudioError(.notPossible, "Job \(id) is not over yet.")
    }
    guard let other = provider ?? job.provider else {
      throw StudioError(
        .notPossible, "Job \(id) is of an earlier service: name the provider to send it to.")
    }
    let needsKey = provider == nil && key == nil && job.usesKey && other.baseURL != nil
    let unresolved = job.status.isUnresolved ? try beginDeciding(id).id : nil
    defer { if let unresolved { beingDecided.remove(unresolved) } }
    var submission = JobSubmission(request: job.request, provider: other, key: key)
    submission.budget = budget
    let status = try await submit(submission, needsKey: needsKey, resending: unresolved)
    if needsKey { await lookUpKeys() }
    return try self.job(status.id)
  }

  /// - Parameters:
  ///   - needsKey: The job waits until a key is found.
  ///   - unresolved: The job whose unknown outcome is decided by this one.
  func submit(
    _ submission: JobSubmission, needsKey: Bool, resending unresolved: JobID?
  ) async throws(StudioError) -> JobStatus {
    try checkTakesJobs()
    let advice = try check(submission)
    let provider = submission.provider
    let stored = try await bench.archive.store(
      submission.request.references,
      leastPixels: submission.request.layers ? Studio.leastPixelsOfLayers : 0)
    var request = submission.request
    request.references = stored.references
    var intent = intent(
      for: request, at: provider, clientRequestID: ClientRequestID.make())
    intent.resends = unresolved
    intent.fingerprint = submission.fingerprint
    let submitted = Timestamp.now()
    let id = try await gallery { () throws(GalleryError) in try await bench.archive.newJob() }
    try await reserve(intent, of: id, within: submission.budget) {
      [intent] () async throws(StudioError) in
      try await write(.intent(intent), of: id)
    }
    if let unresolved {
      change(unresolved.description) {
        $0.decide(.unknown, JobStatus.sentAgain(as: id.description))
      }
    }
    var status = JobStatus(
      id: id.description, state: .queued, request: submission.request.shown(as: request),
      provider: provider.name, modelName: catalogue.modelName(of: request),
      submitted: submitted.seconds,
      notices: (submission.notices ?? []) + advice + stored.notices,
      clientRequestID: intent.clientRequestID, needsKey: needsKey,
      reserved: intent.reserved)
    status.usualSeconds = usualSeconds(of: status)
    add(
      Job(
        status: status, id: id, request: request, provider: provider,
        dialect: provider.dialect, submitted: submitted, key: submission.key,
        usesKey: submission.key != nil || needsKey, trace: submission.trace,
        fingerprint: submission.fingerprint))
    parallel[provider.name] = provider.parallel ?? options.parallel[provider.name]
    if let key = submission.key { giveToWaiting(key, of: provider) }
    startNext()
    return try job(status.id)
  }

  /// Sets aside what a job may cost while something is written down, and gives it back where that fails.
  func reserve(
    _ intent: JournalEntry.Intent, of job: JobID, within budget: Budget?,
    _ body: () async throws(StudioError) -> Void
  ) async throws(StudioError) {
    let account = try await reserve(intent, of: job, within: budget)
    do {
      try await body()
    } catch {
      giveBack(job, to: account)
      throw error
    }
  }

  /// Writes something down before it is done.
  func write(_ event: JournalEntry.Event, of job: JobID) async throws(StudioError) {
    try await gallery { () throws(GalleryError) in
      try await bench.archive.write(event, of: job)
    }
  }

  /// Everything about a request that the next service must know.
  func intent(
    for request: GenerationRequest, at provider: ProviderConnection, clientRequestID: String?
  ) -> JournalEntry.Intent {
    JournalEntry.Intent(
      request: request, provider: provider.name, dialect: provider.dialect,
      baseURL: provider.baseURL, headers: provider.headers, limits: provider.limits,
      clientRequestID: clientRequestID, prices: provider.prices,
      reserved: highestPrice(of: request, on: provider.effectiveDialect))
  }

  /// Seconds such a job takes: as others did, else as the vendor says; nil where neither is known.
  func usualSeconds(of status: JobStatus) -> Double? {
    if let seconds = usualTimes.median(of: status) { return seconds }
    let model = catalogue.model(of: status.request)
    return model?.secondsPerPicture.map {
      ($0.lowerBound + $0.upperBound) / 2 * Double(status.request.count)
    }
  }
}

extension GenerationRequest {
  /// As submitted, for everybody who listens: the bytes of a picture inside the request have become the
  /// name they are kept under.
  func shown(as stored: GenerationRequest) -> GenerationRequest {
    var shown = self
    shown.references = zip(references, stored.references).map { submitted, kept in
      if case .url = submitted { kept } else { submitted }
    }
    return shown
  }
}
