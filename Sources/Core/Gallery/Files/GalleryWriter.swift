internal import Posix

/// The one writer of a gallery: pictures, references, records and index.
///
/// Holds the gallery's lease for as long as it lives. Not `Sendable`: belongs to one actor. Every call may wait for the disk.
package final class GalleryWriter {
  package let layout: GalleryLayout
  let spoolDirectory: SpoolDirectory?
  private let access: GalleryAccess
  private var lease: any WriterLease
  /// Nil while it cannot be opened, which stops nothing: it is a cache.
  var index: (any IndexWriter)?
  /// Why the index could not be filled, and when that was, on the monotonic clock.
  private var unfilled: (error: GalleryError, time: Int64)?
  /// Milliseconds.
  var fillPause: Int64 = 5000
  /// Pictures that are in the gallery and not in the index.
  var unindexed: [PictureRecord] = []

  var blobs: any BlobStore { access.blobs }

  /// Creates what is missing of the gallery, takes its lease and opens its index; one that is damaged
  /// is made anew from the records.
  ///
  /// Throws `inUse`, `cannotWrite`, `noSpace` or `newerIndex`.
  ///
  /// - Parameters:
  ///   - access: What keeps records and references, and has the lease; nil for the files of the layout.
  ///   - spoolDirectory: Where bytes lie that could not be written here; it also knows whether there was
  ///     a gallery whose disk is missing, which throws `cannotWrite`.
  package init(
    _ layout: GalleryLayout, access: GalleryAccess? = nil, spoolDirectory: SpoolDirectory? = nil
  ) throws(GalleryError) {
    self.layout = layout
    self.access = access ?? GalleryAccess(layout)
    self.spoolDirectory = spoolDirectory
    if !FileSystem.exists(layout.lock) { try spoolDirectory?.checkNotVanished() }
    do throws(PosixError) {
      try FileSystem.createDirectory(layout.root)
      try layout.checkInside(layout.privateDirectory)
      try FileSystem.createDirectory(layout.privateDirectory, mode: 0o700)
    } catch {
      throw GalleryError(writing: error)
    }
    lease = try self.access.acquireLease()
    spoolDirectory?.remember()
    let opened: any IndexWriter
    do throws(GalleryError) {
      opened = try self.access.openIndex(false)
    } catch {
      if error.isOfTheDisk { return }
      guard error.code == .index else { throw error }
      opened = try self.access.openIndex(true)
    }
    index = opened
    do throws(GalleryError) {
      if opened.isNew { try fill() } else { mendTrash() }
    } catch {
      // The service fetches and keeps what is paid for all the same.
      guard error.isOfTheDisk else { throw error }
    }
  }

  /// A job name nobody has.
  ///
  /// - Parameter isTaken: For jobs that have no picture yet: those of the queue and the journal.
  package func newJobID(isTaken: (JobID) -> Bool) throws(GalleryError) -> JobID {
    let index = try openIndex()
    return try JobID.unused { id throws(GalleryError) in
      if isTaken(id) { return true }
      return try index.contains(id)
    }
  }

  // MARK: The lease

  /// Makes sure that the gallery is there and ours: after its disk went and came back, the lease is taken
  /// anew and the index opened anew.
  ///
  /// Throws `cannotWrite` while it is gone, `inUse` when somebody else has it now.
  package func checkPresence() throws(GalleryError) {
    try layout.checkPresence()
    if lease.isHeld { return }
    lease = try access.acquireLease()
    index = nil
  }

  // MARK: The index

  /// Adds the row of a picture, or keeps it for later where the index cannot be written: a picture that is
  /// in the gallery is never lost for it.
  func insert(_ record: PictureRecord) -> PictureRecord {
    unindexed.append(record)
    var row = record
    do throws(GalleryError) {
      try completeIndex { if $0.id == record.id { row = $0 } }
    } catch {
      index = nil
    }
    return row
  }

  /// Adds the rows that are missing.
  package func completeIndex() throws(GalleryError) {
    try completeIndex { _ in }
  }

  private func completeIndex(onRow: (PictureRecord) -> Void) throws(GalleryError) {
    let waiting = unindexed
    let index = try openIndex()
    for record in waiting {
      onRow(try index.insert(record))
      // One that was filled just now has them all.
      if unindexed.first?.id == record.id { unindexed.removeFirst() }
    }
  }

  /// The index, filled from the records where nothing has filled it yet.
  func openIndex() throws(GalleryError) -> any IndexWriter {
    let opened = try indexAsIs()
    guard opened.isNew else { return opened }
    try fill()
    return try indexAsIs()
  }

  /// Fills an index that is new. To look at every record takes long: where there was no room for what they say, it is
  /// tried again no sooner than `fillPause` later.
  private func fill() throws(GalleryError) {
    let now = SystemClock.monotonicMilliseconds
    if let unfilled, now - unfilled.time < fillPause { throw unfilled.error }
    do throws(GalleryError) {
      try reindex()
      unfilled = nil
    } catch {
      index = nil
      unfilled = (error, SystemClock.monotonicMilliseconds)
      throw error
    }
  }

  /// - Parameter anew: In the place of one that cannot be used.
  func indexAsIs(anew: Bool = false) throws(GalleryError) -> any IndexWriter {
    if let index, !anew { return index }
    try layout.checkPresence()
    index = nil
    let opened = try access.openIndex(anew)
    index = opened
    return opened
  }
}
