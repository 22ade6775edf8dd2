import Gallery
package import Jobs

// What a user may do about a job whose request left and whose answer did not come.

extension Studio {
  /// Puts an unknown outcome aside.
  package func forget(_ id: String) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    try await write(.forgotten, of: job.id)
    ledger.apply(JournalEntry(job: job.id, time: Timestamp.now(), event: .forgotten))
    let cost = ledger.accounts[job.id]?.spent.price
    change(job.status.id) { job in
      job.decide(.unknown(.settled), JobStatus.putAside)
      job.status.rawReply = nil
      job.status.cost = cost ?? job.status.cost
    }
    await dependencies.galleryActor.removeReply(to: job.id)
    return try self.job(job.status.id)
  }

  /// An unknown outcome that nobody else decides until it is taken from `beingDecided`: two that decide at
  /// once would file two pictures under one number, or buy twice.
  func beginDeciding(_ id: String) throws(StudioError) -> Job {
    let job = try known(id)
    guard job.status.state.isUnresolved else {
      throw StudioError(
        .notPossible,
        job.isDecided
          ? "Job \(job.status.id) is decided already: it is \(job.status.shownState)."
          : "Job \(job.status.id) is \(job.status.shownState): only an unknown outcome needs a decision."
      )
    }
    guard job.status.state.isFinal else {
      throw StudioError(
        .notPossible,
        "Pictures of job \(job.status.id) are being fetched: decide when they are here."
      )
    }
    guard beingDecided.insert(job.id).inserted else {
      throw StudioError(.notPossible, "Job \(job.status.id) is being decided just now.")
    }
    return job
  }
}

extension JobStatus {
  static let putAside = "Its outcome was never known, and was put aside."

  static func sentAgain(as id: String) -> String {
    "Its outcome was never known; the request was sent again as job \(id)."
  }
}
