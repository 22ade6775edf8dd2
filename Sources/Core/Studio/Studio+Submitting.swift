import Gallery
package import Jobs
import Seedream

extension Studio {
  /// Checks a request, stores its references and queues it; it is written down when this returns.
  ///
  /// - Returns: The first job, where it takes several; see `submitAll`.
  package func submit(_ submission: JobSubmission) async throws(StudioError) -> JobStatus {
    try await submitAll(submission)[0]
  }

  /// The same as one job, or as so many as its model needs for the number of pictures asked for: all of them
  /// are taken and written down when this returns, or none.
  ///
  /// - Returns: In the order of the pictures; at least one. For a further try of a request those of the
  ///   first.
  package func submitAll(_ submission: JobSubmission) async throws(StudioError) -> [JobStatus] {
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
    let unresolved = job.status.state.isUnresolved ? try beginDeciding(id).id : nil
    defer { if let unresolved { beingDecided.remove(unresolved) } }
    var submission = JobSubmission(
      request: job.request, provider: other, key: key, provenance: job.provenance)
    submission.budget = budget
    let status = try await submit(submission, needsKey: needsKey, resending: unresolved)[0]
    if needsKey { await lookUpKeys() }
    return try self.job(status.id)
  }

  /// - Parameters:
  ///   - needsKey: The jobs wait until a key is found.
  ///   - unresolved: The job whose unknown outcome is decided by the first of these.
  /// - Returns: As `submitAll`.
  func submit(
    _ submission: JobSubmission, needsKey: Bool, resending unresolved: JobID?
  ) async throws(StudioError) -> [JobStatus] {
    try checkTakesJobs()
    let advice = try check(submission)
    let provider = submission.provider
    let stored = try await dependencies.galleryActor.store(
      submission.request.references,
      leastPixels: submission.request.layers ? Studio.leastPixelsOfLayers : 0)
    var request = submission.request
    request.references = stored.references
    var told = submission.request.shown(as: request)
    let count = requests(of: request, at: provider)
    if count > 1 { (request.count, told.count) = (1, 1) }
    let submitted = Timestamp.now()
    var members: [(id: JobID, intent: JournalEntry.Intent)] = []
    for place in 0..<count {
      let id = try await gallery { () throws(GalleryError) in
        try await dependencies.galleryActor.newJob()
      }
      var intent = intent(for: request, at: provider, clientRequestID: ClientRequestID.make())
      intent.resends = place == 0 ? unresolved : nil
      (intent.fingerprint, intent.provenance) = (submission.fingerprint, submission.provenance)
      if count > 1 {
        let first = members.first?.id ?? id
        intent.group = JobGroup(id: first.description, place: place, size: count)
      }
      members.append((id, intent))
    }
    try await reserve(members, within: submission.budget)
    do {
      try await gallery { [members] () throws(GalleryError) in
        try await dependencies.galleryActor.write(members)
      }
    } catch {
      for (id, _) in members { giveBack(id, to: nil) }
      throw error
    }
    if let unresolved, let first = members.first {
      change(unresolved.description) {
        $0.decide(.unknown(.settled), JobStatus.sentAgain(as: first.id.description))
      }
    }
    for (id, intent) in members {
      var status = JobStatus(
        id: id.description, state: .queued(needsKey ? QueuedState(waitsFor: .key) : QueuedState()),
        request: told, provider: provider.name,
        modelName: catalogue.modelName(of: request), submitted: submitted.seconds,
        notices: (submission.notices ?? []) + advice + stored.notices,
        clientRequestID: intent.clientRequestID, reserved: intent.reserved,
        group: intent.group)
      let isFirst = id == members.first?.id
      if isFirst, count > 1, submission.trace != nil {
        status.notices.append("The trace is of the first of \(count) requests.")
      }
      status.usualSeconds = usualSeconds(of: status)
      add(
        Job(
          status: status, id: id, request: request, provider: provider,
          dialect: provider.dialect, submitted: submitted, key: submission.key,
          usesKey: submission.key != nil || needsKey, trace: isFirst ? submission.trace : nil,
          fingerprint: submission.fingerprint, provenance: submission.provenance))
    }
    parallel[provider.name] = provider.parallel ?? options.parallel[provider.name]
    if let key = submission.key { giveToWaiting(key, of: provider) }
    startNext()
    var statuses: [JobStatus] = []
    for (id, _) in members { statuses.append(try job(id.description)) }
    return statuses
  }

  /// How many requests it takes at a provider.
  func requests(of request: GenerationRequest, at provider: ProviderConnection) -> Int {
    let limits = provider.effectiveDialect?.limits ?? RequestLimits()
    return request.requests(of: catalogue.model(of: request)?.limited(by: limits))
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
      try await dependencies.galleryActor.write(event, of: job)
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
      reserved: highestPrice(of: request, on: provider.effectiveDialect),
      mostPictures: request.layers ? request.mostPictures(of: catalogue.model(of: request)) : nil,
      reservedOnce: priceOfReferences(of: request, on: provider.effectiveDialect))
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
