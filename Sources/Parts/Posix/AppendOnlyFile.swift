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

  /// Whether the path still leads to this file: not after a file system came or went.
  package var isInPlace: Bool {
    guard let own = try? FileInformation(of: file, path: path).identity else { return false }
    return (try? FileInformation(of: path).identity) == own
  }

  /// Appends a line and its line feed, and waits until both are on the disk.
  ///
  /// A line that an earlier failure or power cut has left half-written is ended first, so that this
  /// one starts on its own. A line feed inside the line throws `EINVAL`. What a failure leaves of the
  /// line is taken back where the file system allows it.
  package func append(_ line: String) throws(PosixError) {
    guard !line.utf8.contains(0x0A) else { throw PosixError("write", path: path, code: EINVAL) }
    let size = try FileInformation(of: file, path: path).size
    let bytes = try (endsInsideLine(size) ? [0x0A] : []) + Array(line.utf8) + [0x0A]
    do throws(PosixError) {
      let number = file.number
      let written = try PosixError.check("write", path: path) {
        unsafe bytes.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
      }
      // A short write means that the disk or the quota ended in the middle.
      if written < bytes.count { throw PosixError("write", path: path, code: ENOSPC) }
      try file.synchronize(path: path)
    } catch {
      _ = ftruncate(file.number, size)
      throw error
    }
  }

  /// Has the file system set bytes aside behind the end, so that lines find room on a disk that is full
  /// by then. The size stays. A file system that knows no such thing is left alone.
  package func reserve(_ byteCount: Int) throws(PosixError) {
    let size = try FileInformation(of: file, path: path).size
    try file.reserve(byteCount, at: size, path: path)
  }

  private func endsInsideLine(_ size: Int) throws(PosixError) -> Bool {
    guard size > 0 else { return false }
    var last: UInt8 = 0
    let number = file.number
    _ = try PosixError.check("read", path: path) { unsafe pread(number, &last, 1, size - 1) }
    return last != 0x0A
  }
}
