import Gallery
import Imaging
import Posix
import Seedream

// What a person may do about a job whose request left and whose answer did not come.

extension Studio {
  /// Puts an unknown outcome aside.
  package func forget(_ id: String) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    try await write(.forgotten, of: job.id)
    ledger.take(JournalEntry(job: job.id, time: Timestamp.now(), event: .forgotten))
    let cost = ledger.accounts[job.id]?.spent.price
    change(job.status.id) { job in
      job.decide(.unknown, JobStatus.putAside)
      job.status.cost = cost ?? job.status.cost
    }
    await bench.archive.removeReply(to: job.id)
    return try self.job(job.status.id)
  }

  /// Takes files into the gallery as the pictures of a job whose outcome is unknown: it did arrive. All
  /// of them are checked before the first is filed; the files themselves stay where they are.
  ///
  /// - Parameter files: Absolute paths, in the order of the set; none takes what can be recognised in the
  ///   body of the reply that is kept.
  package func attach(_ id: String, files: [String]) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    let saved = job.status.pictures.count
    let asked = job.request.possiblePictures(of: catalogue.model(of: job.request)) ?? 1000
    let most = max(asked, job.status.usage?.generatedImages ?? 0)
    guard files.count + saved <= most, !files.isEmpty || job.status.rawReply != nil else {
      throw StudioError(
        .notPossible,
        "Job \(job.status.id) asked for \(asked) and has \(saved): "
          + "\(files.count) files cannot be its pictures.")
    }
    let origin = origin(of: job)
    let sent = job.status.sent.map(Timestamp.init(local:))
    let facts = ReplyFacts(requestID: job.status.providerRequestID)
    let taken = Set(job.status.members.filter { !$0.isLostForGood }.map(\.index))
    let free = PictureID.numbers.lazy.map { $0 - 1 }.filter { !taken.contains($0) }
    do {
      let bytes =
        files.isEmpty
        ? try await salvage(job, atMost: most - saved) : try await bench.archive.copies(of: files)
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
    await bench.archive.removeReply(to: job.id)
    return try self.job(job.status.id)
  }

  /// The pictures that can be recognised in the body of the reply to a job.
  private func salvage(
    _ job: Job, atMost most: Int
  ) async throws(GalleryError) -> [PictureBytes] {
    let references = job.request.references
    let addresses = references.compactMap { if case .url(let url) = $0 { url } else { nil } }
    let digests = references.compactMap {
      if case .stored(let kept) = $0 { kept.sha256 } else { nil }
    }
    let found = PictureSalvage(
      try await bench.archive.reply(to: job.id), address: job.provider?.baseURL,
      sent: Set(addresses))
    var pictures: [PictureBytes] = []
    for image in found.images where pictures.count < most {
      let bytes = PictureBytes(bench.archive.shelter)
      try bytes.append(image)
      if ImageHeader.read(Array(image.prefix(ImageHeader.prefixLength))) != nil,
        !digests.contains(bytes.digest ?? "")
      {
        pictures.append(bytes)
      }
    }
    let origin = origin(of: job)
    for address in found.addresses where pictures.count < most {
      let download = PictureDownload(
        address: address, expiry: AddressExpiry(address, named: SystemClock.secondsSince1970),
        shelter: bench.archive.shelter, client: bench.client, retries: bench.retries,
        mayBePrivate: origin.mayReachPrivateHosts(for: address))
      // An address in an answer may be anything; one that gives no picture is none.
      if let bytes = try? await download.run(), bytes.isPicture { pictures.append(bytes) }
    }
    guard pictures.isEmpty else { return pictures }
    throw GalleryError(
      .notAPicture,
      "No picture can be recognised in what the provider answered; 'darkroom fetch --raw \(job.id)' "
        + "prints it, and 'darkroom attach \(job.id) FILE…' takes in what you make of it.")
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

extension PictureBytes {
  /// Whether they begin like a picture.
  fileprivate var isPicture: Bool {
    let start = try? withDraft { draft throws(GalleryError) -> [UInt8] in
      Array(try draft.bytes().prefix(ImageHeader.prefixLength))
    }
    return start.flatMap { ImageHeader.read($0) } != nil
  }
}

extension JobStatus.Member {
  /// Whether its bytes came and were no picture.
  fileprivate var isLostForGood: Bool {
    if case .lost(_, isFetchable: false) = outcome { true } else { false }
  }
}

extension JobStatus {
  static let putAside = "Its outcome was never known, and was put aside."

  static func sentAgain(as id: String) -> String {
    "Its outcome was never known; the request was sent again as job \(id)."
  }
}
