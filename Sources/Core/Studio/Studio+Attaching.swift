import Gallery
import Hashing
import Imaging
package import Jobs
import Posix
import Seedream

// Pictures of a request whose answer did not come, or could not be read, that are here after all.

extension Studio {
  /// Takes files into the gallery as the pictures of a job whose outcome is unknown: it did arrive. All
  /// of them are checked before the first is filed; the files themselves stay where they are.
  ///
  /// What is kept of the reply stays until every picture that can be recognised in it is here: it may be the
  /// only copy of one.
  ///
  /// - Parameter files: Absolute paths, in the order of the set; none takes what can be recognised in the
  ///   body of the reply that is kept. Where an address in it does not answer, the job stays undecided.
  package func attach(_ id: String, files: [String]) async throws(StudioError) -> JobStatus {
    let job = try beginDeciding(id)
    defer { beingDecided.remove(job.id) }
    let found: KeptReply?
    let taken: Taken
    do {
      found = try await keptReply(to: job)
      if let found, files.isEmpty {
        taken = try await pictures(in: found, of: job)
      } else {
        taken = Taken(
          pictures: try await copies(of: files, for: job),
          leavesSome: found.map { !$0.isEmpty } ?? false)
      }
      try await file(taken.pictures, of: job)
    } catch {
      throw StudioError(.gallery, error.message)
    }
    if let trouble = taken.trouble {
      change(job.status.id) { $0.status.message = trouble }
      return try self.job(job.status.id)
    }
    try await write(.arrived, of: job.id)
    change(job.status.id) { job in
      let members = job.status.members
      job.decide(
        JobOutcome.state(of: members, saved: members.savedCount), members.firstTrouble)
    }
    await settleArrived(job.status.id)
    if !taken.leavesSome {
      await dependencies.galleryActor.removeReply(to: job.id)
      change(job.status.id) { $0.status.rawReply = nil }
    }
    return try self.job(job.status.id)
  }

  /// How many pictures it may have that are not here.
  private func room(of job: Job) -> Int {
    let status = table[job.status.id]?.status ?? job.status
    return max(asked(of: job), status.usage?.generatedImages ?? 0) - status.pictures.count
  }

  /// How many pictures it may have at most.
  private func asked(of job: Job) -> Int {
    job.request.possiblePictures(of: catalogue.model(of: job.request))
      ?? PictureID.numbers.upperBound
  }

  private func copies(
    of files: [String], for job: Job
  ) async throws(GalleryError) -> [SpooledPicture] {
    let id = job.status.id
    guard !files.isEmpty else {
      throw GalleryError(
        .notAPicture,
        "No answer of job \(id) is kept: name the files, as in 'darkroom attach \(id) FILE…'.")
    }
    guard files.count <= room(of: job) else {
      throw GalleryError(
        .notAPicture,
        "Job \(id) asked for \(asked(of: job)) and has \(job.status.pictures.count): "
          + "\(files.count) files cannot all be its pictures.")
    }
    return try await dependencies.galleryActor.copies(of: files)
  }

  /// Files pictures under the numbers that are free.
  private func file(_ pictures: [SpooledPicture], of job: Job) async throws(GalleryError) {
    let context = context(of: job)
    let sent = job.status.sent.map(Timestamp.init(local:))
    let facts = ReplyFacts(requestID: job.status.providerRequestID)
    let taken = Set(job.status.members.filter { !$0.isLostForGood }.map(\.index))
    let free = PictureID.numbers.lazy.map { $0 - 1 }.filter { !taken.contains($0) }
    for (index, bytes) in zip(free, pictures) {
      let origin = context.origin(index + 1, sent: sent, reply: facts)
      let picture = try await dependencies.galleryActor.save(bytes, origin)
      change(job.status.id) { $0.status.set(.init(index: index, outcome: .saved(picture))) }
    }
  }

  // MARK: The body that is kept

  private func keptReply(to job: Job) async throws(GalleryError) -> KeptReply? {
    guard job.status.rawReply != nil else { return nil }
    let body = try await dependencies.galleryActor.reply(to: job.id)
    let saved = await dependencies.galleryActor.digests(of: job.status.pictures)
    // Megabytes that may be anything: nobody waits for them to be read.
    return await Task.detached { KeptReply(body, of: job, saved: saved) }.value
  }

  /// As many of the pictures that can be recognised as may be its own, and what was in the way of another.
  private func pictures(
    in found: KeptReply, of job: Job
  ) async throws(GalleryError) -> Taken {
    let room = room(of: job)
    var known = found.known
    var taken = Taken()
    var reason: String?
    func take(_ bytes: SpooledPicture) {
      guard bytes.isPicture, let digest = bytes.digest, known.insert(digest).inserted else {
        return
      }
      taken.pictures.append(bytes)
    }
    for image in found.images {
      guard taken.pictures.count < room else {
        taken.leavesSome = true
        break
      }
      let bytes = SpooledPicture(dependencies.galleryActor.spool)
      do {
        try bytes.append(image)
        take(bytes)
      } catch {
        reason = error.message
      }
    }
    let context = context(of: job)
    for address in found.addresses {
      guard taken.pictures.count < room else {
        taken.leavesSome = true
        break
      }
      let download = PictureDownload(
        address: address, expiry: AddressExpiry(address, named: SystemClock.secondsSince1970),
        spool: dependencies.galleryActor.spool, client: dependencies.client,
        retries: dependencies.retries,
        mayBePrivate: context.mayReachPrivateHosts(for: address))
      do {
        // An address in an answer may be anything; one that gives no picture is none.
        take(try await download.run())
      } catch {
        if error.isFetchable { reason = error.reason }
      }
    }
    let id = job.status.id
    guard let reason, taken.pictures.count < room else {
      guard taken.pictures.isEmpty else { return taken }
      throw GalleryError(
        .notAPicture,
        "No further picture can be recognised in what the provider answered; 'darkroom fetch --raw \(id)' "
          + "prints it, and 'darkroom attach \(id) FILE…' takes in what you make of it.")
    }
    let arrived = job.status.pictures.count + taken.pictures.count
    taken.trouble =
      "\(arrived) of \(asked(of: job)) pictures are here; of another in what the provider answered, "
      + "\(reason). 'darkroom attach \(id)' tries once more, 'darkroom forget \(id)' puts it aside."
    return taken
  }
}

/// Pictures that were found, and what became of the others.
private struct Taken {
  var pictures: [SpooledPicture] = []
  /// A sentence, where one may be had another time.
  var trouble: String?
  /// Whether the body holds more than is taken.
  var leavesSome = false
}

/// What can be recognised in the body of a reply that is kept and is not in the gallery yet.
private struct KeptReply {
  /// The bytes of pictures.
  let images: [[UInt8]]
  let addresses: [String]
  /// The digests of what went with the request, and of what is saved.
  let known: Set<String>

  var isEmpty: Bool { images.isEmpty && addresses.isEmpty }

  init(_ body: [UInt8], of job: Job, saved: Set<String>) {
    let references = job.request.references
    let sent = references.compactMap { if case .url(let url) = $0 { url } else { nil } }
    let named = job.missing.values.compactMap { source in
      if case .address(let address, _) = source { address } else { nil }
    }
    let found = PictureSalvage(body, address: job.provider?.baseURL, sent: Set(sent + named))
    let known = saved.union(
      references.compactMap { if case .stored(let kept) = $0 { kept.sha256 } else { nil } })
    self.known = known
    images = found.images.filter { !known.contains(SHA256.hexDigest(of: $0)) }
    let told = Set(job.status.members.compactMap(\.address))
    addresses = found.addresses.filter { !told.contains($0) }
  }
}

extension SpooledPicture {
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
