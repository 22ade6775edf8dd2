internal import Glibc

/// A lock on a file that at most one holder has, in this process or another; the kernel takes it
/// back when the holder goes away or dies, flock(2).
///
/// The lock file stays where it is: removing it would let two holders lock two files of one name.
package struct FileLock: ~Copyable, Sendable {
  private let file: FileDescriptor

  /// Takes the lock without waiting; nil while somebody else holds it.
  ///
  /// - Parameter path: A file made for this purpose; created (0600) if missing.
  package static func tryAcquire(path: String) throws(PosixError) -> FileLock? {
    do throws(PosixError) {
      return try acquire(path: path, operation: LOCK_EX | LOCK_NB)
    } catch {
      if error.code == EWOULDBLOCK { return nil }
      throw error
    }
  }

  /// Takes the lock, and blocks the thread while somebody else holds it.
  ///
  /// - Parameter path: A file made for this purpose; created (0600) if missing.
  package static func acquire(path: String) throws(PosixError) -> FileLock {
    try acquire(path: path, operation: LOCK_EX)
  }

  /// Whether the path still leads to the file that is locked: not after a file system came or went.
  package func isHeld(at path: String) -> Bool {
    guard let own = try? FileInformation(of: file, path: path).identity else { return false }
    return (try? FileInformation(of: path).identity) == own
  }

  private static func acquire(path: String, operation: Int32) throws(PosixError) -> FileLock {
    while true {
      let file = try FileDescriptor(
        opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600, attempt: "lock")
      try file.checkIsFile(path, "lock")
      let number = file.number
      _ = try PosixError.check("lock", path: path) { flock(number, operation) }
      // Somebody may have removed or replaced the file between opening and locking it.
      let locked = try FileInformation(of: file, path: path).identity
      if (try? FileInformation(of: path).identity) == locked { return FileLock(file: file) }
    }
  }

  private init(file: consuming FileDescriptor) {
    self.file = file
  }

  deinit {
    // Closing alone would leave it to every child that is between its fork and its exec, flock(2).
    _ = flock(file.number, LOCK_UN)
  }
}
