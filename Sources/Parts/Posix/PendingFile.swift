private import CPosix
internal import Glibc

/// A file that does not exist for others yet: written under a temporary name in the directory it is
/// meant for, then published whole. Removed if it goes away unpublished.
///
/// After a crash the temporary file stays behind; `isLeftover` recognises its name.
package struct PendingFile: ~Copyable, Sendable {
  /// Where the bytes are until `commit`; for reading only.
  package let temporaryPath: String
  /// Bytes written so far.
  package private(set) var byteCount = 0
  private let directory: String
  private let file: FileDescriptor
  private var isPublished = false

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

  deinit {
    if !isPublished { unsafe unlink(temporaryPath) }
  }

  /// Whether a name is one that a crashed writer may have left.
  package static func isLeftover(_ name: String) -> Bool {
    name.hasPrefix(prefix)
  }

  /// Appends bytes; safe to call for every chunk of a stream.
  package mutating func write(_ bytes: RawSpan) throws(PosixError) {
    try file.write(bytes, path: temporaryPath)
    byteCount += bytes.byteCount
  }

  /// Appends bytes; safe to call for every chunk of a stream.
  package mutating func write(_ bytes: [UInt8]) throws(PosixError) {
    unsafe try write(bytes.span.bytes)
  }

  /// Saves the bytes to the disk, gives the file its name, and saves the name.
  ///
  /// When it throws, the file is still pending: with `EEXIST` another name can be tried.
  ///
  /// - Parameters:
  ///   - name: A file name in the directory given at the start.
  ///   - replacing: True takes the place of a file of that name in one step; false throws `EEXIST`
  ///     and leaves that file as it is.
  package mutating func commit(as name: String, replacing: Bool = false) throws(PosixError) {
    let path = directory + "/" + name
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0") else {
      throw PosixError("write", path: path, code: EINVAL)
    }
    try file.synchronize(path: path)
    if replacing {
      let temporaryPath = temporaryPath
      _ = try PosixError.check("write", path: path) { unsafe rename(temporaryPath, path) }
    } else {
      try Self.publish(temporaryPath, as: path)
    }
    isPublished = true
    try FileSystem.synchronizeDirectory(directory)
  }

  /// The first way the file system knows of giving a file a name only if nobody has it.
  private static func publish(_ temporaryPath: String, as path: String) throws(PosixError) {
    if unsafe cposix_rename_without_replacing(temporaryPath, path) == 0 { return }
    // NFS and some FUSE file systems know no such rename.
    guard errno == EINVAL || errno == ENOSYS else {
      throw PosixError("write", path: path, code: errno)
    }
    if unsafe link(temporaryPath, path) == 0 {
      unsafe unlink(temporaryPath)
      return
    }
    // FAT knows no links either: reserve the name, then replace our own empty file.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS else {
      throw PosixError("write", path: path, code: errno)
    }
    _ = try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL, attempt: "write")
    _ = try PosixError.check("write", path: path) { unsafe rename(temporaryPath, path) }
  }
}
