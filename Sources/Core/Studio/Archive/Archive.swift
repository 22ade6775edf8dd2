import Gallery
import Posix
import Seedream

/// The gallery as the studio writes it: every call that may wait for the disk runs on one queue of its
/// own, outside the cooperative pool.
actor Archive {
  nonisolated let layout: GalleryLayout
  private nonisolated let queue: WorkQueue
  let writer: GalleryWriter
  let reader: GalleryReader
  /// Makes references smaller that are too large; nil where no helper is known.
  let reducer: ReferenceReducer?
  private nonisolated let copiers: [PictureCopier]
  private let journal: Journal
  /// Jobs that have a name but perhaps no picture yet.
  private var names: Set<JobID> = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  /// Takes the gallery's lock.
  init(gallery: String, reducer: ReferenceReducer?) throws(GalleryError) {
    do {
      queue = try WorkQueue()
      copiers = [try PictureCopier(), try PictureCopier()]
    } catch {
      throw GalleryError(.cannotWrite, "The service cannot work: \(error).")
    }
    layout = GalleryLayout(root: gallery)
    writer = try GalleryWriter(layout)
    journal = Journal(layout)
    reader = GalleryReader(layout)
    self.reducer = reducer
  }

  // MARK: Jobs

  /// A name no job has.
  func newJob() throws(GalleryError) -> JobID {
    let id = try writer.newJobID { names.contains($0) }
    names.insert(id)
    return id
  }

  /// Writes down what happened; on the disk when this returns.
  func write(_ event: JournalEntry.Event, of job: JobID) throws(GalleryError) {
    try journal.append(JournalEntry(job: job, time: Timestamp.now(), event: event))
  }

  /// What the journal of this month and the last tells.
  struct Past: Sendable {
    /// Oldest first.
    var jobs: [Job]
    /// A sentence for each line or file that could not be read.
    var faults: [String]
  }

  /// The jobs of earlier services. A journal that cannot be read is reported and costs its jobs only.
  func past(catalogue: ModelCatalogue) -> Past {
    let contents: JournalContents
    do {
      contents = try JournalContents(layout, months: Self.lastTwoMonths(Timestamp.now()))
    } catch {
      return Past(jobs: [], faults: [error.message])
    }
    names.formUnion(contents.entries.map(\.job))
    var history = JobHistory(catalogue: catalogue)
    for entry in contents.entries { history.take(entry) }
    let jobs = history.jobs(now: SystemClock.secondsSince1970) { id in
      (try? reader.picture(id.description)).map { saved($0) }
    }
    return Past(jobs: jobs, faults: contents.damage.map(\.message))
  }

  static func lastTwoMonths(_ now: Timestamp) -> Set<String> {
    // The first of this month minus a day is in the last month, whatever its length.
    let day = Int64(now.day.suffix(2)) ?? 1
    var before = now
    before.milliseconds -= day * 86_400_000
    return [now.month, before.month]
  }

  // MARK: Pictures

  /// Checks the bytes and files them; on the disk with record and row when this returns.
  ///
  /// What only the disk refused is named in the journal where it is kept, for a later service.
  nonisolated func save(
    _ bytes: PictureBytes, _ birth: Birth
  ) async throws(GalleryError) -> SavedPicture {
    await copiers[birth.id.number % copiers.count].prepare(bytes, birth)
    return try await file(bytes, birth)
  }

  private func file(_ bytes: PictureBytes, _ birth: Birth) throws(GalleryError) -> SavedPicture {
    let record: PictureRecord
    do throws(GalleryError) {
      record = try bytes.withDraft { draft throws(GalleryError) -> PictureRecord in
        try writer.finish(&draft, birth: birth)
      }
    } catch {
      if error.code == .noSpace || error.code == .cannotWrite, let kept = bytes.keep() {
        try? write(.result(number: birth.id.number, .file(kept)), of: birth.id.job)
      }
      throw error
    }
    // The picture is safe; a journal that lacks this line is set right by the index.
    try? write(.done(record.id), of: record.id.job)
    return saved(record)
  }

  /// Takes up the bytes that an earlier service left in a file, given relative to the root. They stay
  /// there until they are saved.
  func leftover(_ path: String, of id: PictureID) throws(GalleryError) -> PictureBytes {
    PictureBytes(try writer.adopt(path, as: id, created: Timestamp.now()))
  }

  private func saved(_ record: PictureRecord) -> SavedPicture {
    SavedPicture(
      id: record.id.description, path: layout.path(relative: record.path), width: record.width,
      height: record.height, byteCount: record.byteCount, created: record.created.seconds)
  }

  // MARK: Traces

  /// Writes what passed between here and a provider; a sentence where that failed.
  func write(_ trace: ExchangeTrace, to path: String) -> String? {
    do {
      try DurableFile.write(trace.bytes, to: path, mode: 0o600, replacing: true)
      return nil
    } catch {
      return "The trace was not kept: \(error)."
    }
  }
}
