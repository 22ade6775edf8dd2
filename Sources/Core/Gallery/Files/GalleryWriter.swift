internal import Posix
internal import SQLite

/// The one writer of a gallery: pictures, references, records and index.
///
/// Holds the gallery's lock for as long as it lives; the kernel releases it if the process dies. Not
/// `Sendable`: belongs to one actor. Every call may wait for the disk.
package final class GalleryWriter {
  package let layout: GalleryLayout
  let index: GalleryIndex
  private let lock: FileLock

  /// Creates what is missing of the gallery, takes its lock and opens its index; one that is damaged
  /// is made anew from the records.
  ///
  /// Throws `inUse`, `cannotWrite`, `noSpace` or `newerIndex`.
  package init(_ layout: GalleryLayout) throws(GalleryError) {
    self.layout = layout
    do throws(PosixError) {
      try FileSystem.createDirectory(layout.root)
      try FileSystem.createDirectory(layout.privateDirectory, mode: 0o700)
      guard let lock = try FileLock.tryAcquire(path: layout.lock) else {
        throw PosixError("lock", path: layout.lock, code: PosixError.wouldBlock)
      }
      self.lock = lock
    } catch {
      if error.code == PosixError.wouldBlock {
        throw GalleryError(
          .inUse,
          "Another process is writing the gallery \(printable(layout.root)). Only one service may run on it."
        )
      }
      throw GalleryError(writing: error)
    }
    var isNew = !FileSystem.exists(layout.index)
    do {
      index = try GalleryIndex(path: layout.index)
    } catch {
      guard error.code == .index else { throw error }
      try Self.removeIndex(layout)
      index = try GalleryIndex(path: layout.index)
      isNew = true
    }
    if isNew { try reindex() } else { mendTrash() }
  }

  /// A job name nobody has.
  ///
  /// - Parameter isTaken: For jobs that have no picture yet: those of the queue and the journal.
  package func newJobID(isTaken: (JobID) -> Bool) throws(GalleryError) -> JobID {
    do {
      return try JobID.unused { try isTaken($0) || index.contains($0) }
    } catch {
      throw GalleryIndex.error(error, layout.index)
    }
  }

  private static func removeIndex(_ layout: GalleryLayout) throws(GalleryError) {
    do throws(PosixError) {
      for ending in ["", "-wal", "-shm"] { try FileSystem.remove(layout.index + ending) }
    } catch {
      throw GalleryError(writing: error)
    }
  }
}
