internal import Glibc
internal import Synchronization

/// A log of lines with their times, private to the user, that does not grow without end: a full file becomes
/// `NAME.1`, that one `NAME.2`, and the oldest goes.
///
/// Several processes may write one log. It can take over standard output and error, so that what the
/// runtime says of a crash is in it too. From any thread.
package final class RotatingLog: Sendable {
  package let path: String
  private let maximumBytes: Int
  private let olderFiles: Int
  private let takesStandardOutput: Bool
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var file: FileDescriptor
  }

  /// Opens the log, or creates it (0600); its directory must exist.
  ///
  /// - Parameters:
  ///   - maximumBytes: From which a file is put aside; a line longer than that is in one file all the same.
  ///   - olderFiles: How many are kept besides the newest.
  ///   - takesStandardOutput: True sends descriptors 1 and 2 there too, for good.
  package init(
    path: String, maximumBytes: Int = 1 << 20, olderFiles: Int = 3,
    takesStandardOutput: Bool = false
  ) throws(PosixError) {
    self.path = path
    self.maximumBytes = maximumBytes
    self.olderFiles = olderFiles
    self.takesStandardOutput = takesStandardOutput
    state = Mutex(State(file: try Self.open(path, takesStandardOutput)))
  }

  /// Appends a line with the time and this process's number, control characters shown. A log that cannot be
  /// written is no reason to stop what it tells of.
  ///
  /// - Parameter time: As it is to be shown, `2026-11-21T14:32:05.123+01:00`.
  package func write(_ line: String, at time: String) {
    let bytes = Array("\(time) [\(ThisProcess.identifier)] \(printable(line))\n".utf8)
    state.withLock { state in
      renew(&state, adding: bytes.count)
      // One write(2) each: lines of several processes do not mix.
      try? state.file.write(bytes)
    }
  }

  /// Goes over to the newest file, after putting a full one aside.
  private func renew(_ state: inout State, adding count: Int) {
    do throws(PosixError) {
      let mine = try FileInformation(of: state.file)
      let newest = try? FileInformation(of: path, followingLinks: false)
      let isFull = mine.size > 0 && mine.size + count > maximumBytes
      if newest?.identity == mine.identity {
        guard isFull else { return }
        // Whoever else is at it has put the same file aside.
        if let lock = try FileLock.tryAcquire(path: path + ".lock") {
          try rotate()
          _ = consume lock
        }
      }
      state.file = try Self.open(path, takesStandardOutput)
    } catch {
      // The old file takes it too.
    }
  }

  /// From the oldest on: a crash in the middle leaves a gap, and no line is lost before its time.
  private func rotate() throws(PosixError) {
    for number in stride(from: olderFiles, to: 0, by: -1) {
      let older = number == 1 ? path : "\(path).\(number - 1)"
      if FileSystem.exists(older) { try FileSystem.rename(older, to: "\(path).\(number)") }
    }
  }

  private static func open(
    _ path: String, _ takesStandardOutput: Bool
  ) throws(PosixError) -> FileDescriptor {
    let file = try FileDescriptor(
      opening: path, flags: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, mode: 0o600,
      attempt: "write")
    let number = file.number
    // One of an older program may be open to others.
    _ = try PosixError.check("make private", path: path) { fchmod(number, 0o600) }
    if takesStandardOutput {
      for standard in [1, 2] as [Int32] {
        _ = try PosixError.check("write", path: path) { dup2(number, standard) }
      }
    }
    return file
  }
}
