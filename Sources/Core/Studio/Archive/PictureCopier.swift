import Gallery
import Posix

/// Copies pictures with their metadata, beside the archive: while one waits for the disk, another is
/// hashed, and names, records and rows go on being written.
actor PictureCopier {
  private nonisolated let queue: WorkQueue

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  init() throws(PosixError) {
    queue = try WorkQueue()
  }

  /// Does of the filing what needs no gallery; what fails here, the archive meets again.
  func prepare(_ bytes: PictureBytes, _ birth: Birth) {
    try? bytes.withDraft { draft throws(GalleryError) in draft.prepare(birth) }
  }
}
