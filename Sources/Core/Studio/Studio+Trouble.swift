import Gallery
import Jobs
import Seedream

extension Studio {
  /// Whether something waits here for the gallery that the end of the service would hurt: jobs that are to
  /// go on by themselves, and what is in memory only.
  var awaitsGallery: Bool {
    let isStopped = queueStatus.trouble != nil && table.firstWaiting != nil
    return isStopped || dependencies.galleryActor.spool.holdsAnything
  }

  /// The gallery failed: nothing more is sent, and it is tried until it can be written again.
  func onFailure(_ error: GalleryError) {
    tell(error)
    guard probing == nil else { return }
    let pause = Duration.seconds(options.probePause)
    probing = Task { [weak self] in
      repeat {
        guard (try? await Task.sleep(for: pause)) != nil else { return }
      } while await self?.isStillTroubled() ?? false
    }
  }

  /// A job whose request could not be written down or has no room waits for its turn again.
  func putBack(_ id: String, _ error: GalleryError) async {
    guard let job = table[id] else { return }
    if job.control?.isCancelled == true {
      let outcome = JobOutcome.of(
        .cancelled(mayBeBilled: false), members: [], asked: job.request.count)
      try? await dependencies.galleryActor.write(.cancelled, of: job.id)
      await settle(id, outcome)
      return finish(id, outcome)
    }
    change(id) { job in
      job.control = nil
      job.status.state = .queued()
      job.isDrawing = false
      job.status.message = error.message
    }
    table.putBack(id)
    tellPlaces()
    startNext()
  }

  /// Tries the gallery out. When it can be written again, everything that was spooled comes home, what is
  /// missing is fetched, and the queue goes on.
  private func isStillTroubled() async -> Bool {
    let waiting = table.firstWaiting.map { $0.request.roomNeeded(catalogue.model(of: $0.request)) }
    do throws(GalleryError) {
      try await readJournal()
      try await dependencies.galleryActor.probe(bytes: waiting ?? 0)
    } catch {
      tell(error)
      return true
    }
    probing = nil
    for id in table.incomplete { startFetching(id) }
    setTrouble(nil)
    return false
  }

  /// Takes up what earlier services have left where it could not be read at the start.
  private func readJournal() async throws(GalleryError) {
    guard !isJournalRead else { return }
    let past = await dependencies.galleryActor.past(catalogue: catalogue)
    if let failure = past.failure { throw failure }
    isJournalRead = true
    ledger = past.ledger
    takeUp(past.jobs, queue: past.queue)
    for status in table.statuses { hub.publish(status) }
  }

  private func tell(_ error: GalleryError) {
    lastTrouble = error
    setTrouble(sentence(error))
  }

  /// Other bytes or lines are in memory only than a moment ago, which the sentence must say.
  func retellTrouble() {
    guard queueStatus.trouble != nil, let lastTrouble else { return }
    setTrouble(sentence(lastTrouble))
  }

  private func sentence(_ error: GalleryError) -> String {
    guard isJournalRead else {
      return "The journal cannot be read, which knows what was sent and spent: \(error.message) "
        + "Nothing is sent until it can be."
    }
    let spool = dependencies.galleryActor.spool
    if let warning = spool.warning {
      return "\(error.message) Nothing more is sent. \(warning) Do not end the service."
    }
    let place = spool.spoolDirectory.map { " is kept in \($0.directory) and" } ?? ""
    return error.message
      + " Nothing more is sent until then; what still arrives\(place) is filed as soon as it can be."
  }
}
