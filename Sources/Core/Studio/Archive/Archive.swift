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
  let journal: Journal
  /// Jobs that have a name but perhaps no picture yet.
  var names: Set<JobID> = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  /// Takes the gallery's lock.
  init(gallery: String, reducer: ReferenceReducer?) throws(GalleryError) {
    do {
      queue = try WorkQueue()
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

  // MARK: Pictures

  /// Checks the bytes and files them; on the disk with record and row when this returns.
  func save(_ bytes: PictureBytes, _ birth: Birth) throws(GalleryError) -> SavedPicture {
    let record = try bytes.withDraft { draft throws(GalleryError) -> PictureRecord in
      try writer.finish(&draft, birth: birth)
    }
    // The picture is safe; a journal that lacks this line is set right by the index.
    try? write(.done(record.id), of: record.id.job)
    return saved(record)
  }

  /// The bytes an earlier service left in a temporary file, given relative to the root.
  func leftover(_ path: String) throws(GalleryError) -> PictureBytes {
    let name = FileSystem.name(of: path)
    let day = FileSystem.parent(of: path)
    guard PendingFile.isLeftover(name), path == "\(day)/\(name)", !day.contains("/") else {
      throw GalleryError(.notFound, "the journal names a file that is not of this gallery.")
    }
    let whole = layout.path(relative: path)
    let bytes = try PictureBytes(layout)
    do {
      try bytes.append(try FileSystem.read(whole, limit: GalleryWriter.maximumPictureBytes))
    } catch let error as GalleryError {
      throw error
    } catch {
      throw GalleryError(.notFound, "its bytes are gone: \(error).")
    }
    return bytes
  }

  /// The bytes of a leftover are in the gallery now.
  func forgetLeftover(_ path: String) {
    try? FileSystem.remove(layout.path(relative: path))
  }

  func saved(_ record: PictureRecord) -> SavedPicture {
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
