internal import Glibc

/// A log of lines: each is appended by one write(2) and on the disk when `append` returns.
///
/// One writer at a time; guard it with a `FileLock`.
package struct AppendOnlyFile: ~Copyable, Sendable {
  package let path: String
  private let file: FileDescriptor

  /// Opens the log, or creates it and saves its name in the directory.
  ///
  /// - Parameter mode: Permissions of a log that is created, before the umask.
  package init(path: String, mode: UInt32 = 0o600) throws(PosixError) {
    let isNew = !FileSystem.exists(path)
    let file = try FileDescriptor(
      opening: path, flags: O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode: mode, attempt: "write")
    if isNew { try FileSystem.synchronizeDirectory(FileSystem.parent(of: path)) }
    self.path = path
    self.file = file
  }

  /// Appends a line and its line feed, and waits until both are on the disk.
  ///
  /// A line that an earlier failure or power cut has left half-written is ended first, so that this
  /// one starts on its own. A line feed inside the line throws `EINVAL`.
  package func append(_ line: String) throws(PosixError) {
    guard !line.utf8.contains(0x0A) else { throw PosixError("write", path: path, code: EINVAL) }
    let bytes = try (endsInsideLine() ? [0x0A] : []) + Array(line.utf8) + [0x0A]
    let number = file.number
    let written = try PosixError.check("write", path: path) {
      unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
    }
    // A short write means that the disk or the quota ended in the middle.
    if written < bytes.count { throw PosixError("write", path: path, code: ENOSPC) }
    try file.synchronize(path: path)
  }

  private func endsInsideLine() throws(PosixError) -> Bool {
    let size = try FileInformation(of: file, path: path).size
    guard size > 0 else { return false }
    var last: UInt8 = 0
    let number = file.number
    _ = try PosixError.check("read", path: path) { unsafe pread(number, &last, 1, size - 1) }
    return last != 0x0A
  }
}
