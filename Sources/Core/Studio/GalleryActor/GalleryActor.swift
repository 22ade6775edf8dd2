import Gallery
import Jobs
import Posix
import Seedream

/// The gallery as the studio writes it: every call that may wait for the disk runs on one queue of its
/// own, outside the cooperative pool.
actor GalleryActor {
  nonisolated let layout: GalleryLayout
  private nonisolated let queue: WorkQueue
  let writer: GalleryWriter
  let reader: any PictureIndex
  nonisolated let blobs: any BlobStore
  /// Makes references smaller that are too large; nil where no helper is known.
  let reducer: ReferenceReducer?
  private nonisolated let copiers: [PictureCopier]
  nonisolated let spool: PictureSpool
  let journal: Journal
  /// Bytes that requests under way may still bring.
  var promised: [JobID: Int] = [:]
  /// Where the journal says that bytes are which could not be filed yet.
  private var noted: [PictureID: String] = [:]
  /// Jobs that have a name but perhaps no picture yet.
  var names: Set<JobID> = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  /// Takes the gallery's lock.
  ///
  /// - Parameter stateDirectory: Where what arrives is spooled while the gallery cannot be written; nil
  ///   leaves memory only.
  init(
    gallery: String, stateDirectory: String? = nil, reducer: ReferenceReducer?
  ) throws(GalleryError) {
    do {
      queue = try WorkQueue()
      copiers = [try PictureCopier(), try PictureCopier()]
    } catch {
      throw GalleryError(.cannotWrite, "The service cannot work: \(error).")
    }
    layout = GalleryLayout(root: gallery)
    let spoolDirectory = stateDirectory.map { SpoolDirectory(stateDirectory: $0, gallery: gallery) }
    spool = PictureSpool(layout, spoolDirectory: spoolDirectory)
    let gallery = GalleryAccess(layout)
    writer = try GalleryWriter(layout, access: gallery, spoolDirectory: spoolDirectory)
    journal = Journal(layout, spoolDirectory: spoolDirectory)
    reader = gallery.makeIndex()
    blobs = gallery.blobs
    self.reducer = reducer
  }

  // MARK: Jobs

  /// A name no job has.
  func newJob() throws(GalleryError) -> JobID {
    let id = try writer.newJobID { names.contains($0) }
    names.insert(id)
    return id
  }

  /// Writes down what happened or is about to; on the disk when this returns.
  ///
  /// What has happened already is never lost: it is spooled outside the gallery if need be. What is
  /// about to happen must not when this throws.
  func write(_ event: JournalEntry.Event, of job: JobID) throws(GalleryError) {
    let entry = JournalEntry(job: job, time: Timestamp.now(), event: event)
    if event.hasHappened {
      let failure = journal.note(entry)
      spool.noteHeldEntries(journal.heldEntries)
      guard let failure else { return }
      spool.report(failure)
      if failure.code == .malformed { throw failure }
      return
    }
    do throws(GalleryError) {
      try journal.append(entry)
    } catch {
      spool.noteHeldEntries(journal.heldEntries)
      spool.report(error)
      throw error
    }
  }

  /// Writes down what is about to be sent, all of it or none; on the disk when this returns. None of it must
  /// be sent when this throws.
  func write(_ members: [(id: JobID, intent: JournalEntry.Intent)]) throws(GalleryError) {
    let now = Timestamp.now()
    do throws(GalleryError) {
      try journal.append(
        members.map { JournalEntry(job: $0.id, time: now, event: .intent($0.intent)) })
    } catch {
      spool.noteHeldEntries(journal.heldEntries)
      spool.report(error)
      throw error
    }
  }

  // MARK: Pictures

  /// Writes down where a drawn picture is, before anything is done about it.
  ///
  /// - Parameter said: What the reply says of it.
  func note(
    _ source: PictureSource, _ number: Int, of job: JobID, _ said: SaidOfPicture = SaidOfPicture()
  ) {
    if case .bytes(let bytes) = source { bytes.secure() }
    guard let source = source.journalled else { return }
    if case .file(let path) = source { noted[PictureID(job: job, number: number)] = path }
    try? write(.result(number: number, source, said: said), of: job)
  }

  /// Checks the bytes and files them; on the disk with record and row when this returns.
  ///
  /// Where the disk is in the way the bytes are kept elsewhere, and the journal says where.
  nonisolated func save(
    _ bytes: SpooledPicture, _ origin: PictureOrigin
  ) async throws(GalleryError) -> SavedPicture {
    await copiers[origin.id.number % copiers.count].prepare(bytes, origin)
    return try await file(bytes, origin)
  }

  private func file(_ bytes: SpooledPicture, _ origin: PictureOrigin) throws(GalleryError)
    -> SavedPicture
  {
    let record: PictureRecord
    do throws(GalleryError) {
      record = try bytes.withDraft { draft throws(GalleryError) -> PictureRecord in
        try writer.finish(&draft, origin: origin)
      }
    } catch {
      if let path = bytes.location, noted[origin.id] != path {
        note(.bytes(bytes), origin.id.number, of: origin.id.job)
      }
      throw error
    }
    noted[origin.id] = nil
    // The picture is safe; a journal that lacks this line is set right by the index.
    try? write(.done(record.id), of: record.id.job)
    var picture = saved(record)
    picture.background = origin.said.background
    return picture
  }

  /// The bytes an earlier service left in a file that the journal names.
  func leftover(_ path: String, _ id: PictureID) throws(GalleryError) -> SpooledPicture {
    SpooledPicture(try writer.adopt(path, as: id, created: Timestamp.now()), spool)
  }

  func saved(_ record: PictureRecord) -> SavedPicture {
    var picture = SavedPicture(
      id: record.id.description, file: record.path, width: record.width, height: record.height,
      byteCount: record.byteCount, created: record.created.seconds, remark: record.remark)
    guard record.layer != nil, let origin = try? blobs.record(of: record).origin else {
      return picture
    }
    (picture.layer, picture.background) = (origin.layer, origin.said.background)
    return picture
  }

  // MARK: Traces

  /// Writes what passed between here and a provider; a sentence where that failed.
  func write(_ trace: CallTrace, to path: String) -> String? {
    do {
      try DurableFile.write(trace.bytes, to: path, mode: 0o600, replacing: true)
      return nil
    } catch {
      return "The trace was not kept: \(error)."
    }
  }
}

/// Copies pictures with their metadata, beside the gallery actor: while one waits for the disk, another is
/// hashed, and names, records and rows go on being written.
actor PictureCopier {
  private nonisolated let queue: WorkQueue

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  init() throws(PosixError) {
    queue = try WorkQueue()
  }

  /// Does of the filing what needs no gallery; what fails here, the gallery actor meets again.
  func prepare(_ bytes: SpooledPicture, _ origin: PictureOrigin) {
    try? bytes.withDraft { draft throws(GalleryError) in draft.prepare(origin) }
  }
}
