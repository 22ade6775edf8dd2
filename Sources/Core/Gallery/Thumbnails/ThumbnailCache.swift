internal import Posix
internal import Synchronization

/// Small views of pictures, kept on disk so that they need not be made again. Everything in it may be lost, and
/// is: beyond a number of bytes the oldest go.
///
/// Several processes may use one directory. Any thread may call it; its functions wait for the disk.
final class ThumbnailCache: Sendable {
  /// What one process knows of the directory.
  private struct Known {
    /// Resolved, and checked; nil until it was.
    var directory: String?
    /// Bytes of all files, at the last look and since; nil before the first.
    var byteCount: Int?
    /// Others write too.
    var writesSinceLook = 0
  }

  private let path: String
  private let byteLimit: Int
  private let known = Mutex(Known())

  /// How many writes pass before the directory is looked at again.
  private static let writesBetweenLooks = 256
  /// Seconds after which what a crashed writer left is nobody's any more.
  private static let leftoverAge = 3600.0

  /// - Parameters:
  ///   - directory: Absolute; made (0700) with the first view that is kept.
  ///   - byteLimit: What all files together may have; a few more may be there for a while.
  init(directory: String, byteLimit: Int) {
    path = directory
    self.byteLimit = byteLimit
  }

  func path(of name: ThumbnailName) -> String { path + "/" + name.text }

  /// The file that was kept under a name, as far as anybody can tell: what is made of it must stand any bytes. Nil
  /// where the directory is not to be believed.
  func open(_ name: ThumbnailName) throws(PosixError) -> FileDescriptor? {
    guard let directory = usableDirectory() else { return nil }
    let file = try FileDescriptor(readingWithoutLinks: directory + "/" + name.text)
    try file.checkIsFile()
    guard try FileInformation(of: file).owner == ThisProcess.user else { return nil }
    return file
  }

  func stage() throws(PosixError) -> PendingFile? {
    try FileSystem.createDirectory(path, mode: 0o700)
    return try usableDirectory().map { directory throws(PosixError) in
      try PendingFile(in: directory, mode: 0o600)
    }
  }

  /// Keeps a staged file under a name, in the place of what had it. May be lost with the power, but is never half
  /// there.
  ///
  /// Throws `EFBIG` for one that would drive out too many others.
  func publish(_ file: inout PendingFile, as name: ThumbnailName) throws(PosixError) {
    let byteCount = file.byteCount
    guard byteCount <= byteLimit / 4 else {
      throw PosixError("write", path: path, code: PosixError.tooLarge)
    }
    try file.commitUnsaved(as: name.text)
    let mustLook = known.withLock { known in
      known.writesSinceLook += 1
      known.byteCount = known.byteCount.map { $0 + byteCount }
      return known.byteCount.map { $0 > byteLimit } ?? true
        || known.writesSinceLook >= Self.writesBetweenLooks
    }
    if mustLook { look(in: file.directory) }
  }

  // MARK: The directory

  /// It is believed only where it is the user's own and closed to others.
  private func usableDirectory() -> String? {
    known.withLock { known in
      if known.directory == nil, let real = try? FileSystem.realPath(path),
        let information = try? FileInformation(of: real), information.kind == .directory,
        information.owner == ThisProcess.user, information.isClosedToOthers
      {
        known.directory = real
      }
      return known.directory
    }
  }

  /// Counts what is there, and makes room for a tenth where it is too much.
  private func look(in directory: String) {
    guard let listing = try? DirectoryListing(of: directory) else { return }
    var files: [(path: String, size: Int, modified: Double)] = []
    let now = SystemClock.secondsSince1970
    for entry in listing.entries {
      let path = directory + "/" + entry.name
      guard let information = try? FileInformation(of: path, followingLinks: false),
        information.kind == .file
      else { continue }
      if PendingFile.isLeftover(entry.name) {
        if now - information.modified > Self.leftoverAge { try? FileSystem.remove(path) }
      } else {
        files.append((path, information.size, information.modified))
      }
    }
    var total = files.reduce(0) { $0 + $1.size }
    if total > byteLimit {
      for file in files.sorted(by: { $0.modified < $1.modified }) {
        guard total > byteLimit - byteLimit / 10 else { break }
        if (try? FileSystem.remove(file.path)) != nil { total -= file.size }
      }
    }
    known.withLock { known in
      known.byteCount = total
      known.writesSinceLook = 0
    }
  }
}
