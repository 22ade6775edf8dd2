internal import Glibc

/// A log of lines: each is appended by one write(2) and on the disk when `append` returns.
///
/// One writer at a time; guard it with a `FileLock`.
package struct AppendOnlyFile: ~Copyable, Sendable {
  package let path: String
  private let file: FileDescriptor

  private let keepsEnd: @Sendable (ArraySlice<UInt8>) -> Bool

  /// Opens the log, or creates it and saves its name in the directory.
  ///
  /// - Parameters:
  ///   - mode: Permissions of a log that is created, before the umask.
  ///   - keepsEnd: Judges what stands behind the last line feed: true ends it with one, false cuts it off.
  package init(
    path: String, mode: UInt32 = 0o600,
    keepsEnd: @escaping @Sendable (ArraySlice<UInt8>) -> Bool = { _ in false }
  ) throws(PosixError) {
    let isNew = !FileSystem.exists(path)
    let file = try FileDescriptor(
      opening: path, flags: O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode: mode, attempt: "write")
    // What is written to a FIFO is in no file, and whoever writes waits once it is full.
    if try FileInformation(of: file, path: path).kind == .pipe {
      throw PosixError("write", path: path, code: PosixError.notAFile)
    }
    if isNew { try FileSystem.synchronizeDirectory(FileSystem.parent(of: path)) }
    self.path = path
    self.file = file
    self.keepsEnd = keepsEnd
  }

  /// Whether the path still leads to this file: not after a file system came or went.
  package var isInPlace: Bool {
    guard let own = try? FileInformation(of: file, path: path).identity else { return false }
    return (try? FileInformation(of: path).identity) == own
  }

  /// Appends a line and its line feed, and waits until both are on the disk.
  ///
  /// The end of a line that an earlier failure or power cut has left is mended first. A line feed inside
  /// the line throws `EINVAL`. What a failure leaves of the line is taken back where the file system
  /// allows it; `mayHoldLine` tells where it did not.
  package func append(_ line: String) throws(PosixError) { try append([line]) }

  /// The same for several lines, by one write(2): after a crash the first of them may be there without the
  /// others, never the other way round.
  package func append(_ lines: [String]) throws(PosixError) {
    guard !lines.contains(where: { $0.utf8.contains(0x0A) }) else {
      throw PosixError("write", path: path, code: EINVAL)
    }
    try mend()
    let size = try FileInformation(of: file, path: path).size
    do throws(PosixError) {
      try write(lines.flatMap { Array($0.utf8) + [0x0A] })
      try file.synchronize(path: path)
    } catch {
      guard ftruncate(file.number, size) == 0, (try? file.synchronize(path: path)) != nil else {
        throw PosixError(Self.failedTwice, path: path, code: error.code)
      }
      throw error
    }
  }

  private static let failedTwice = "write to, nor take back what was written to,"

  /// Whether the line may be there in spite of the error that `append` threw.
  package static func mayHoldLine(after error: PosixError) -> Bool { error.attempt == failedTwice }

  /// Has the file system set bytes aside behind the end, so that lines find room on a disk that is full
  /// by then. The size stays. A file system that knows no such thing is left alone.
  package func reserve(_ byteCount: Int) throws(PosixError) {
    let size = try FileInformation(of: file, path: path).size
    try file.reserve(byteCount, at: size, path: path)
  }

  private func write(_ bytes: [UInt8]) throws(PosixError) {
    let number = file.number
    let written = try PosixError.check("write", path: path) {
      unsafe bytes.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
    }
    // A short write means that the disk or the quota ended in the middle.
    if written < bytes.count { throw PosixError("write", path: path, code: ENOSPC) }
  }

  // MARK: The end of the file

  /// Cuts off a line that was not written to its end, or ends it where it is to be kept.
  package func mend() throws(PosixError) {
    let size = try FileInformation(of: file, path: path).size
    var start = size
    var end: [UInt8] = []
    while start > 0, end.first != 0x0A {
      let count = min(start, end.isEmpty ? 1 : 1 << 16)
      start -= count
      end.insert(contentsOf: try read(count, at: start), at: 0)
      if let feed = end.lastIndex(of: 0x0A) { end.removeFirst(feed) }
    }
    if end.first == 0x0A { end.removeFirst() }
    guard !end.isEmpty else { return }
    if keepsEnd(end[...]) {
      try write([0x0A])
    } else {
      let number = file.number
      _ = try PosixError.check("shorten", path: path) { ftruncate(number, off_t(size - end.count)) }
    }
    try file.synchronize(path: path)
  }

  private func read(_ count: Int, at place: Int) throws(PosixError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let number = file.number
    let read = try PosixError.check("read", path: path) {
      unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(number, $0.baseAddress, count, off_t(place))
      }
    }
    guard read == count else { throw PosixError("read", path: path, code: EIO) }
    return bytes
  }
}
