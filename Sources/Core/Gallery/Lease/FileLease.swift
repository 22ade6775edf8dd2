internal import Posix
internal import Synchronization

/// A lock on a file of the gallery, which the kernel takes back when its holder dies.
final class FileLease: WriterLease {
  private let path: String
  private let lock: Mutex<FileLock?>

  /// Throws `inUse` while somebody else holds it, or `noSpace` or `cannotWrite`.
  init(_ layout: GalleryLayout) throws(GalleryError) {
    path = layout.lock
    do throws(PosixError) {
      if let lock = try FileLock.tryAcquire(path: path) {
        self.lock = Mutex(lock)
        return
      }
    } catch {
      throw GalleryError(writing: error)
    }
    throw GalleryError(
      .inUse,
      "Another process is writing the gallery \(printable(layout.root)). Only one service may run on it."
    )
  }

  var isHeld: Bool { lock.withLock { $0?.isHeld(at: path) ?? false } }

  func release() { lock.withLock { $0 = nil } }
}
