import Gallery
import Posix
import Seedream

// What a person may do about a job whose request left and whose answer did not come.

extension Studio {
  /// Puts an unknown outcome aside.
  package func forget(_ id: String) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    try await write(.forgotten, of: job.id)
    change(job.status.id) { $0.decide(.unknown, JobStatus.putAside) }
    return try self.job(job.status.id)
  }

  /// Takes files into the gallery as the pictures of a job whose outcome is unknown: it did arrive. All
  /// of them are checked before the first is filed; the files themselves stay where they are.
  ///
  /// - Parameter files: Absolute paths, in the order of the set.
  package func attach(_ id: String, files: [String]) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    let saved = job.status.pictures.count
    guard !files.isEmpty, files.count + saved <= job.request.count else {
      throw StudioError(
        .notPossible,
        "Job \(job.status.id) asked for \(job.request.count) and has \(saved): "
          + "\(files.count) files cannot be its pictures.")
    }
    let origin = origin(of: job)
    let sent = job.status.sent.map(Timestamp.init(local:))
    let facts = ReplyFacts(requestID: job.status.providerRequestID)
    let taken = Set(job.status.members.map(\.index))
    let free = PictureID.numbers.lazy.map { $0 - 1 }.filter { !taken.contains($0) }
    do {
      let bytes = try await bench.archive.copies(of: files)
      for (index, bytes) in zip(free, bytes) {
        let birth = origin.birth(index + 1, sent: sent, reply: facts)
        let picture = try await bench.archive.save(bytes, birth)
        change(job.status.id) { $0.status.set(.init(index: index, outcome: .saved(picture))) }
      }
    } catch {
      throw StudioError(.gallery, error.message)
    }
    try await write(.arrived, of: job.id)
    change(job.status.id) { job in
      let members = job.status.members
      job.decide(
        Verdict.state(of: members, saved: members.savedCount), members.firstTrouble)
    }
    await settleArrived(job.status.id)
    return try self.job(job.status.id)
  }

  /// An unknown outcome that nobody else decides until it is taken from `beingDecided`: two that decide at
  /// once would file two pictures under one number, or buy twice.
  func beginDeciding(_ id: String) throws(StudioError) -> Job {
    let job = try known(id)
    guard job.status.isUnresolved else {
      throw StudioError(
        .notPossible,
        "Job \(job.status.id) is \(job.status.state.rawValue): only an unknown outcome needs a decision."
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
