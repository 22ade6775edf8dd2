internal import Glibc

/// A file that does not exist for others yet: written under a temporary name in the directory it is
/// meant for, then published whole. Removed if it goes away unpublished, unless it is to stay behind.
///
/// After a crash the temporary file stays as well; `isLeftover` recognises its name.
package struct PendingFile: ~Copyable, Sendable {
  /// Where the bytes are until `commit`; for reading only.
  package private(set) var temporaryPath: String
  /// Bytes written so far.
  package private(set) var byteCount = 0
  /// Whether the temporary file is left when this goes away unpublished: for bytes that nobody can get
  /// a second time.
  package var staysBehind = false
  /// Where it is published.
  package let directory: String
  private let file: FileDescriptor
  private var publishedPath: String?
  /// Whether the disk has all bytes that were written.
  private var isSaved = false

  private static let prefix = ".pending-"

  /// Creates the temporary file.
  ///
  /// - Parameters:
  ///   - directory: Where the file will be published; it must exist.
  ///   - mode: Permissions of the published file, before the umask.
  package init(in directory: String, mode: UInt32 = 0o666) throws(PosixError) {
    self.directory = directory
    temporaryPath = directory + "/" + Self.prefix + Randomness.hexadecimal(byteCount: 8)
    file = try FileDescriptor(
      opening: temporaryPath, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode,
      attempt: "write")
  }

  /// Takes up a file that was left, under whatever name; bytes are added at its end. It stays behind
  /// until told otherwise.
  ///
  /// - Parameter directory: Where it will be published, on the same file system.
  package init(resuming path: String, in directory: String) throws(PosixError) {
    let opened = try FileDescriptor(
      opening: path, flags: O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK, attempt: "take up")
    let information = try FileInformation(of: opened, path: path)
    guard information.kind == .file else { throw PosixError("take up", path: path, code: EINVAL) }
    self.directory = directory
    temporaryPath = path
    file = opened
    byteCount = information.size
    staysBehind = true
  }

  deinit {
    if !isPublished, !staysBehind { unsafe unlink(temporaryPath) }
  }

  /// Whether a name is one that a crashed writer may have left.
  package static func isLeftover(_ name: String) -> Bool {
    name.hasPrefix(prefix)
  }

  /// Removes what crashed writers have left in a directory.
  ///
  /// - Parameter age: Seconds for which such a file must not have been written to: others may still be at it.
  package static func removeLeftovers(in directory: String, olderThan age: Double = 0) {
    let names = (try? DirectoryListing(of: directory).entries.map(\.name)) ?? []
    for name in names where isLeftover(name) {
      let path = "\(directory)/\(name)"
      if age > 0 {
        guard let modified = try? FileInformation(of: path).modified,
          SystemClock.secondsSince1970 - modified > age
        else { continue }
      }
      try? FileSystem.remove(path)
    }
  }

  /// Whether the file has its name: from then on it is everybody's and stays.
  package var isPublished: Bool { publishedPath != nil }

  /// Appends bytes; safe to call for every chunk of a stream.
  package mutating func write(_ bytes: RawSpan) throws(PosixError) {
    isSaved = false
    try file.write(bytes, path: temporaryPath)
    byteCount += bytes.byteCount
  }

  /// Appends bytes; safe to call for every chunk of a stream.
  package mutating func write(_ bytes: [UInt8]) throws(PosixError) {
    unsafe try write(bytes.span.bytes)
  }

  /// The bytes written so far, piece by piece, even where the path leads to them no more.
  package func forEachPiece(
    of byteCount: Int = 1 << 20, _ body: ([UInt8]) throws(PosixError) -> Void
  ) throws(PosixError) {
    var place = 0
    while place < self.byteCount {
      let piece = try piece(at: place, upTo: byteCount)
      try body(piece)
      place += piece.count
    }
  }

  /// So many of the bytes written so far, from a place on, as long as there are any: then at least one.
  package func piece(at place: Int, upTo limit: Int) throws(PosixError) -> [UInt8] {
    guard place < byteCount else { return [] }
    let piece = try file.read(
      upTo: min(limit, byteCount - place), at: place, path: temporaryPath)
    if piece.isEmpty { throw PosixError("read", path: temporaryPath, code: EIO) }
    return piece
  }

  /// Saves the bytes to the disk under their temporary name, where they stay behind.
  package mutating func keep() throws(PosixError) {
    staysBehind = true
    try save()
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: temporaryPath))
  }

  /// Waits until the bytes are on the disk, which `commit` then need not do.
  package mutating func save() throws(PosixError) {
    guard !isSaved else { return }
    try file.synchronize(path: temporaryPath)
    isSaved = true
  }

  /// Saves the bytes to the disk and moves them to another path of the same file system, where they
  /// stay behind. Never replaces a file: throws `EEXIST`.
  package mutating func move(to path: String) throws(PosixError) {
    guard !isPublished else { throw PosixError("move", path: path, code: EINVAL) }
    try save()
    try FileSystem.renameWithoutReplacing(temporaryPath, to: path)
    temporaryPath = path
    staysBehind = true
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
  }

  /// Saves the bytes to the disk, gives the file its name, and saves the name.
  ///
  /// When it throws, `isPublished` says how far it came. If false, the file is still pending: with
  /// `EEXIST` another name can be tried. If true, it has its name, but a power cut may take it away
  /// again: the same call saves the name.
  ///
  /// - Parameters:
  ///   - name: A file name in the directory given at the start.
  ///   - replacing: True takes the place of a file of that name in one step; false throws `EEXIST`
  ///     and leaves that file as it is.
  package mutating func commit(as name: String, replacing: Bool = false) throws(PosixError) {
    if publishedPath != directory + "/" + name {
      let path = try freePath(named: name)
      try save()
      try publish(as: path, replacing: replacing)
    }
    try FileSystem.synchronizeDirectory(directory)
  }

  /// Gives the file its name, in the place of one that has it, and waits for no disk: a power cut may take all of
  /// it. For what can be had again.
  package mutating func commitUnsaved(as name: String) throws(PosixError) {
    try publish(as: try freePath(named: name), replacing: true)
  }

  /// Where a file of that name lies.
  /// - Throws: `EINVAL` for what is no file name, and where the file has its name.
  private func freePath(named name: String) throws(PosixError) -> String {
    let path = directory + "/" + name
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0"), publishedPath == nil else {
      throw PosixError("write", path: path, code: EINVAL)
    }
    return path
  }

  private mutating func publish(as path: String, replacing: Bool) throws(PosixError) {
    // A file that was taken up may have the right name already.
    if path != temporaryPath {
      if replacing {
        try FileSystem.rename(temporaryPath, to: path)
      } else {
        try FileSystem.renameWithoutReplacing(temporaryPath, to: path)
      }
    }
    publishedPath = path
  }
}
