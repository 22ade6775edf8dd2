package import Posix
internal import Seedream

/// Where everything of a gallery lies. Pure: touches no disk, but to see whether it is there.
package struct GalleryLayout: Hashable, Sendable {
  /// The gallery's directory, without a slash at the end.
  package let root: String

  package init(root: String) {
    var root = root
    while root.count > 1, root.hasSuffix("/") { root.removeLast() }
    self.root = root
  }

  /// `.darkroom`: what belongs to the program rather than to the user.
  package var privateDirectory: String { root + "/.darkroom" }
  /// Held by the one process that writes.
  package var lock: String { privateDirectory + "/lock" }
  /// Where the running service can be reached: the path of its socket.
  package var socketNote: String { privateDirectory + "/service" }
  /// There while the queue is paused.
  package var pausedNote: String { privateDirectory + "/paused" }
  /// What addresses of pictures are signed with, for their owner only.
  package var addressKey: String { privateDirectory + "/address-key" }
  package var index: String { privateDirectory + "/index.sqlite" }
  package var trash: String { privateDirectory + "/trash" }
  package var journalDirectory: String { privateDirectory + "/journal" }
  package var referencesDirectory: String { privateDirectory + "/refs" }
  /// Bytes that were received and could not be filed.
  package var incomingDirectory: String { privateDirectory + "/incoming" }

  /// Bodies of replies that could not be read, one file a job.
  package var repliesDirectory: String { privateDirectory + "/replies" }

  /// The body of the reply to a job.
  package func reply(to job: JobID) -> String { "\(repliesDirectory)/\(job)" }

  /// The journal file of a moment's month.
  package func journal(_ time: Timestamp) -> String { journal(month: time.month) }

  func journal(month: String) -> String { "\(journalDirectory)/\(month).jsonl" }

  /// `2026-11` for the name of a journal file; nil for other names.
  static func month(ofJournal name: String) -> String? {
    guard name.hasSuffix(".jsonl"), isDay(name.dropLast(6) + "-01") else { return nil }
    return String(name.dropLast(6))
  }

  /// The directory of the pictures of a moment's day.
  package func dayDirectory(_ time: Timestamp) -> String { "\(root)/\(time.day)" }

  /// An input picture by the hash of its bytes; nil if that is not 64 hex digits.
  package func reference(sha256: String) -> String? {
    BlobID.reference(sha256: sha256).isSound
      ? "\(referencesDirectory)/\(sha256.prefix(2))/\(sha256)" : nil
  }

  /// The file name of a picture, `143205-k7f2-1-red-lantern-in-fog.jpg`; unique by its id.
  package func pictureName(
    id: PictureID, created: Timestamp, prompt: String, format: FileFormat
  ) -> String {
    "\(created.timeOfDay)-\(id)-\(Slug.make(prompt)).\(format.fileExtension)"
  }

  /// The birth record beside a picture.
  package static func record(ofPicture path: String) -> String { path + ".json" }

  /// The path of something in the gallery as the index keeps it.
  package func path(relative: String) -> String { root + "/" + relative }

  /// The same for the whole path of a picture, or of one in the trash, in whichever gallery: the day and the name in
  /// it.
  package static func name(ofPicturePath path: String) -> String {
    let parts = path.split(separator: "/")
    let name = parts.suffix(2).joined(separator: "/")
    return path.hasSuffix("/" + trashPrefix + name) ? trashPrefix + name : name
  }

  /// The opposite of `path`, for a path below the root.
  func relative(_ path: String) -> String { String(path.dropFirst(root.count + 1)) }

  /// Where a picture of the gallery goes in the trash, and the opposite; all relative to the root. Nil for
  /// a path that lies elsewhere.
  static func trashed(_ relative: String) -> String? {
    isPicturePath(relative) ? trashPrefix + relative : nil
  }

  static func untrashed(_ relative: String) -> String? {
    guard relative.hasPrefix(trashPrefix) else { return nil }
    let rest = String(relative.dropFirst(trashPrefix.count))
    return isPicturePath(rest) ? rest : nil
  }

  private static let trashPrefix = ".darkroom/trash/"

  /// Whether a relative path is that of a file in the directory of a day.
  private static func isPicturePath(_ relative: String) -> Bool {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && isDay(String(parts[0])) && format(ofFile: parts[1]) != nil
  }

  /// The format that the name of a file promises; nil for what is no picture of the gallery.
  static func format(ofFile name: some StringProtocol) -> FileFormat? {
    guard let dot = name.lastIndex(of: "."), !name.hasPrefix("."),
      let format = FileFormat(fileExtension: name[name.index(after: dot)...])
    else { return nil }
    // Anybody's file may be called so.
    return format == .unknown && picture(ofFile: String(name)) == nil ? nil : format
  }

  /// The picture that a file name tells of; nil for a name that is not one of ours.
  static func picture(ofFile name: String) -> PictureID? {
    let parts = name.split(separator: "-", maxSplits: 3)
    return parts.count == 4 ? PictureID("\(parts[1])-\(parts[2])") : nil
  }

  /// How the journal names a file: relative to the root, or as it is where it lies elsewhere.
  package func location(_ path: String) -> String {
    path.hasPrefix(root + "/") ? relative(path) : path
  }

  /// Throws `leadsOut` where a link below the root leads out of the gallery: that is neither written nor read. The
  /// gallery itself may be reached through a link.
  func checkInside(_ path: String) throws(PosixError) {
    try FileSystem.checkInside(root, path)
  }

  /// Throws `cannotWrite` where the gallery that was opened is not there any more, or a link. Asked before any
  /// directory is made: none must be made under the mount point of a disk that is gone.
  func checkPresence() throws(GalleryError) {
    if FileSystem.exists(lock) {
      do {
        return try checkInside(privateDirectory)
      } catch {
        throw GalleryError(writing: error)
      }
    }
    throw GalleryError(
      .cannotWrite,
      "The gallery \(printable(root)) is gone: its disk is not mounted there, or it was removed. Mount the disk again."
    )
  }

  /// Makes a directory below `.darkroom` where it is missing; throws where the gallery is not there, whenever its
  /// disk went, and `leadsOut`.
  package func makePrivateDirectory(_ path: String) throws(PosixError) {
    try checkInside(path)
    try FileSystem.createDirectory(path, mode: 0o700, within: privateDirectory)
  }

  /// Whether a name in the root is that of a day, `2026-11-21`.
  static func isDay(_ name: String) -> Bool {
    name.utf8.count == 10 && Timestamp(name + "T00:00:00Z") != nil
  }

  /// Whether a directory is one in which bytes of pictures wait for being filed.
  func canHoldLeftovers(_ directory: String) -> Bool {
    if directory == incomingDirectory { return true }
    let name = relative(directory)
    return Self.isDay(name) && directory == path(relative: name)
  }
}
