internal import Posix

extension GalleryWriter {
  /// Room that is left alone, in bytes: records, journal and index need some beside the pictures.
  private static let margin = 1 << 20
  /// Files that must still be possible: a draft, a copy, a record, and what the index keeps beside it.
  private static let files = 16

  /// Whether the gallery is there, ours, and has room for so many bytes of pictures.
  ///
  /// Throws `noSpace` or `cannotWrite` with what is wrong and what to do.
  package func checkRoom(for byteCount: Int) throws(GalleryError) {
    try checkPresence()
    let space: FreeSpace
    do throws(PosixError) {
      try FileSystem.checkWritable(layout.root)
      try FileSystem.checkWritable(layout.privateDirectory)
      space = try FreeSpace(at: layout.root)
    } catch {
      throw GalleryError(writing: error)
    }
    if let files = space.files, files < Self.files {
      throw GalleryError(
        .noSpace,
        "The disk of the gallery \(printable(layout.root)) can hold no more files. Remove some.")
    }
    guard space.bytes < byteCount + Self.margin else { return }
    throw GalleryError(
      .noSpace,
      "The disk of the gallery \(printable(layout.root)) is nearly full: \(megabytes(space.bytes)) are free, and what is to be drawn may need \(megabytes(byteCount + Self.margin)). Make room."
    )
  }

  /// Tries out whether pictures and lines of the journal can be written, by writing a little of both
  /// sorts; nothing of it stays.
  package func probe() throws(GalleryError) {
    var draft = try StagedPicture(layout, created: Timestamp.now())
    let bytes = [UInt8](repeating: 0, count: 4096)
    try draft.write(bytes)
    let path = layout.privateDirectory + "/probe"
    do throws(PosixError) {
      try DurableFile.write(bytes, to: path, mode: 0o600, replacing: true)
      try FileSystem.remove(path)
    } catch {
      throw GalleryError(writing: error)
    }
  }

  private func megabytes(_ count: Int) -> String { "\((count + (1 << 20) - 1) >> 20) MB" }
}
