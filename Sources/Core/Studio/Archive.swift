import Gallery
import Posix
import Seedream

/// The gallery as the studio writes it: every call that may wait for the disk runs on one queue of its
/// own, outside the cooperative pool.
actor Archive {
  nonisolated let layout: GalleryLayout
  private nonisolated let queue: WorkQueue
  private let writer: GalleryWriter
  private let journal: Journal
  private let reader: GalleryReader
  /// Jobs that have a name but perhaps no picture yet.
  private var names: Set<JobID> = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe queue.asUnownedSerialExecutor() }

  /// Takes the gallery's lock.
  init(gallery: String) throws(GalleryError) {
    do {
      queue = try WorkQueue()
    } catch {
      throw GalleryError(.cannotWrite, "The service cannot work: \(error).")
    }
    layout = GalleryLayout(root: gallery)
    writer = try GalleryWriter(layout)
    journal = Journal(layout)
    reader = GalleryReader(layout)
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

  /// The jobs of earlier services, oldest first, as the journal of this month and the last tells of them.
  func pastJobs(catalogue: ModelCatalogue) -> [JobStatus] {
    guard let contents = try? JournalContents(layout) else { return [] }
    names.formUnion(contents.entries.map(\.job))
    var history = JobHistory(catalogue: catalogue)
    for entry in contents.entries { history.take(entry) }
    return history.statuses { id in
      guard let picture = try? reader.picture(id.description) else { return nil }
      return saved(picture)
    }
  }

  // MARK: Pictures

  /// Checks the bytes and files them; on the disk with record and row when this returns.
  func save(_ bytes: PictureBytes, _ birth: Birth) throws(GalleryError) -> SavedPicture {
    let record = try bytes.withDraft { draft throws(GalleryError) -> PictureRecord in
      try writer.finish(&draft, birth: birth)
    }
    try write(.done(record.id), of: record.id.job)
    return saved(record)
  }

  private func saved(_ record: PictureRecord) -> SavedPicture {
    SavedPicture(
      id: record.id.description, path: layout.path(relative: record.path), width: record.width,
      height: record.height, byteCount: record.byteCount,
      created: Double(record.created.milliseconds) / 1000)
  }

  // MARK: References

  /// What the vendor takes: sides of more than 14 pixels, at most 36 megapixels, and 10 MB so that
  /// older endpoints take it too.
  private static let limits = ReferenceLimits(
    maximumBytes: 10_000_000, maximumPixels: 36_000_000, minimumSide: 15)

  /// Stores files and pictures of the gallery; addresses stay as they are.
  /// - Throws: `refused` with the reference that cannot be used and why.
  func store(_ references: [Reference]) throws(StudioError) -> [Reference] {
    var stored: [Reference] = []
    for (index, reference) in references.enumerated() {
      do {
        switch reference {
        case .url, .stored: stored.append(reference)
        case .file(let path):
          stored.append(.stored(try writer.storeReference(file: path, limits: Self.limits)))
        case .picture(let id):
          let picture = try reader.picture(id)
          var kept = try writer.storeReference(
            file: layout.path(relative: picture.path), limits: Self.limits)
          kept.origin = picture.id.description
          stored.append(.stored(kept))
        }
      } catch {
        throw StudioError(
          error.code == .noSpace || error.code == .cannotWrite ? .gallery : .refused,
          "Reference \(index + 1): \(error.message)",
          problems: [Problem(.references, error.message, referenceIndex: index)])
      }
    }
    return stored
  }

  /// The file of each stored reference, by its place.
  nonisolated func paths(of references: [Reference]) -> [Int: String] {
    var paths: [Int: String] = [:]
    for (index, reference) in references.enumerated() {
      if case .stored(let stored) = reference {
        paths[index] = layout.reference(sha256: stored.sha256)
      }
    }
    return paths
  }
}
