internal import Hashing
internal import Posix

/// A place outside the gallery for what arrives while the gallery cannot be written: lines of the
/// journal and bytes of pictures. It also remembers that there was a gallery, so that none is begun
/// under a mount point whose disk is missing.
///
/// Lines are written by the one process that holds the gallery's lock. Everything in it is private to the
/// user: directories 0700, files 0600.
package struct SpoolDirectory: Equatable, Sendable {
  /// `STATE/refuge/HASH`, one for each gallery however it is named; made when it is first needed.
  package let directory: String
  private let gallery: String

  /// - Parameters:
  ///   - stateDirectory: Absolute; where this program keeps its state for this user.
  ///   - gallery: The root of the gallery; it need not be there.
  package init(stateDirectory: String, gallery: String) {
    self.gallery = FileSystem.resolvedPath(gallery)
    let name = SHA256.hexDigest(of: Array(self.gallery.utf8)).prefix(16)
    directory = "\(stateDirectory)/refuge/\(name)"
  }

  var journal: String { directory + "/journal.jsonl" }
  var picturesDirectory: String { directory + "/pictures" }
  private var memory: String { directory + "/gallery" }

  /// Whether a path is that of bytes kept here.
  func holds(_ path: String) -> Bool {
    let name = FileSystem.name(of: path)
    return path == "\(picturesDirectory)/\(name)" && name != "." && name != ".."
  }

  /// A file for the bytes of a picture.
  func makePictureFile() throws(PosixError) -> PendingFile {
    try FileSystem.createDirectory(picturesDirectory, mode: 0o700)
    return try PendingFile(in: picturesDirectory, mode: 0o600)
  }

  // MARK: Lines of the journal

  /// Whether lines wait here.
  var hasLines: Bool { FileSystem.exists(journal) }

  /// Writes lines; on the disk when this returns.
  func append(_ lines: [String]) throws(PosixError) {
    try FileSystem.createDirectory(directory, mode: 0o700)
    let file = try AppendOnlyFile(path: journal)
    for line in lines { try file.append(line) }
  }

  /// The lines are in the gallery now.
  func removeLines() throws(PosixError) {
    try FileSystem.remove(journal)
    try FileSystem.synchronizeDirectory(directory)
  }

  // MARK: The gallery

  /// Remembers on which file system the gallery lies. A state directory that cannot be written costs
  /// this memory only.
  func remember() {
    guard let device = try? FileInformation(of: gallery).identity.device else { return }
    let text = Array("\(device)\n\(gallery)\n".utf8)
    if let known = try? FileSystem.readFile(memory, limit: 1 << 16), known == text { return }
    do throws(PosixError) {
      try FileSystem.createDirectory(directory, mode: 0o700)
      try DurableFile.write(text, to: memory, mode: 0o600, replacing: true)
    } catch {
      return
    }
  }

  /// Refuses to begin a gallery where there was one on a file system that is not there now.
  ///
  /// A gallery that was removed leaves its file system behind, and may be begun anew.
  func checkNotVanished() throws(GalleryError) {
    guard let known = try? FileSystem.readFile(memory, limit: 1 << 16),
      let device = UInt64(String(decoding: known.prefix { $0 != 0x0A }, as: UTF8.self)),
      let here = try? FileInformation(of: FileSystem.deepestExisting(gallery)).identity.device,
      here != device
    else { return }
    throw GalleryError(
      .cannotWrite,
      "The gallery \(printable(gallery)) is gone: the disk it was on is not mounted there. Mount it; or, to begin a new gallery in its place, remove \(printable(memory))."
    )
  }
}
