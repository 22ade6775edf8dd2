import Gallery
package import Jobs
package import Seedream

extension Studio {
  // MARK: The whole queue

  /// Starts nothing more; what is under way goes on. Written down when this returns.
  package func pause() async throws(StudioError) -> QueueStatus {
    try await setPaused(true)
  }

  package func resume() async throws(StudioError) -> QueueStatus {
    try await setPaused(false)
  }

  /// Says why nothing can be started, until nil says that it can again.
  package func setTrouble(_ sentence: String?) {
    guard queueStatus.trouble != sentence else { return }
    queueStatus.trouble = sentence
    queueChanged()
  }

  private func setPaused(_ isPaused: Bool) async throws(StudioError) -> QueueStatus {
    try await gallery { () throws(GalleryError) in
      try await dependencies.galleryActor.setPaused(isPaused)
    }
    queueStatus.isPaused = isPaused
    queueChanged()
    return queueStatus
  }

  private func queueChanged() {
    hub.publish(queueStatus)
    startNext()
    wakeWaiters()
  }

  // MARK: One job of it

  /// Puts a job that waits for its turn before another one that does, or at the end.
  package func move(_ id: String, before other: String?) async throws(StudioError) -> JobStatus {
    let job = try waiting(id)
    let other = try other.map { id throws(StudioError) in try waiting(id) }
    guard other?.id != job.id else { return job.status }
    let ids = [job.status.id, other?.status.id].compactMap(\.self)
    try await write(.moved(before: other?.id), of: job, holding: ids)
    table.move(job.status.id, before: other?.status.id)
    tellPlaces()
    return try self.job(job.status.id)
  }

  /// Puts another request in the place of the one that waits for its turn, checked as a new one is.
  ///
  /// - Parameter request: References that are told of the job may stand in it as they were told.
  package func edit(
    _ id: String, _ request: GenerationRequest, within budget: Budget? = nil
  ) async throws(StudioError) -> JobStatus {
    let job = try waiting(id)
    let id = job.status.id
    guard let provider = job.provider else {
      throw StudioError(.notPossible, "Job \(id) has no provider any more: cancel it.")
    }
    var wanted = request
    wanted.references = request.references.map { job.stored($0) }
    let advice = try check(JobSubmission(request: wanted, provider: provider, key: job.key))
    guard requests(of: wanted, at: provider) == 1 else {
      throw StudioError(
        .notPossible,
        "\(catalogue.modelName(of: wanted)) draws one picture a request: job \(id) can be for one only."
      )
    }
    if let group = job.status.group, wanted.count > 1 || wanted.layers {
      throw StudioError(
        .notPossible,
        "Job \(id) is one of \(group.size) that were asked for together: it can be for one picture only."
      )
    }
    table.hold(id)
    defer { table.release(id) }
    let stored = try await dependencies.galleryActor.store(
      wanted.references, leastPixels: wanted.layers ? Studio.leastPixelsOfLayers : 0)
    wanted.references = stored.references
    var intent = intent(
      for: wanted, at: provider, clientRequestID: job.status.clientRequestID)
    (intent.group, intent.fingerprint) = (job.status.group, job.fingerprint)
    intent.provenance = job.provenance.flatMap { provenance in
      var provenance = provenance
      // Other words were not chosen in the template.
      if wanted.prompt != job.request.prompt {
        (provenance.template, provenance.choices) = (nil, nil)
      }
      return provenance.isEmpty ? nil : provenance
    }
    try await reserve(intent, of: job.id, within: budget) { () async throws(StudioError) in
      try await write(.edited(intent), of: job, holding: [])
    }
    change(id) { job in
      job.request = wanted
      job.provenance = intent.provenance
      job.status.request = request.shown(as: wanted)
      job.status.reserved = intent.reserved
      job.status.notices = advice + stored.notices
      job.status.modelName = catalogue.modelName(of: wanted)
      job.status.usualSeconds = usualSeconds(of: job.status)
    }
    return try self.job(id)
  }

  /// A job that waits for its turn.
  func waiting(_ id: String) throws(StudioError) -> Job {
    let job = try known(id)
    guard job.isWaiting else {
      throw StudioError(
        .notPossible,
        "Job \(job.status.id) is \(job.status.state.word) and does not wait for its turn any more."
      )
    }
    return job
  }

  /// Writes down what is done to a job that waits, which is not started meanwhile.
  /// - Throws: `notPossible` where somebody else has ended it while it was written.
  func write(
    _ event: JournalEntry.Event, of job: Job, holding ids: [String]
  ) async throws(StudioError) {
    for id in ids { table.hold(id) }
    defer { for id in ids { table.release(id) } }
    try await write(event, of: job.id)
    _ = try waiting(job.status.id)
  }

  /// Puts a job into the table, and tells everybody.
  func add(_ job: Job) {
    table.add(job)
    change(job.status.id) { _ in }
  }

  /// Tells of every job whose place in the queue is another than it was told.
  func tellPlaces() {
    for status in table.updatePlaces() { hub.publish(status) }
  }
}
