internal import CPosix
internal import Glibc

/// The one owner of an open file description; closes it when it goes away.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The number the kernel knows it by. Borrow it for a call, never keep it.
  package let number: Int32

  /// Takes over an open descriptor; nobody else may close it.
  package init(owning number: Int32) {
    self.number = number
  }

  /// Opens a file, close-on-exec.
  ///
  /// - Parameters:
  ///   - flags: As in open(2); `O_CLOEXEC` is added.
  ///   - mode: Permissions of a file that is created, before the umask.
  init(
    opening path: String, flags: Int32, mode: mode_t = 0, attempt: String = "open"
  ) throws(PosixError) {
    number = try PosixError.check(attempt, path: path) {
      unsafe open(path, flags | O_CLOEXEC, mode)
    }
  }

  /// Opens a file for reading.
  package init(reading path: String) throws(PosixError) {
    try self.init(opening: path, flags: O_RDONLY | O_NONBLOCK, attempt: "read")
  }

  /// Opens a regular file for reading; waits for nobody.
  ///
  /// - Throws: `notAFile` for anything else: a FIFO may be empty for ever, a device never end.
  package static func ofFile(_ path: String) throws(PosixError) -> FileDescriptor {
    let file = try FileDescriptor(reading: path)
    try file.checkIsFile(path)
    return file
  }

  /// Throws `notAFile` for what is no regular file.
  package func checkIsFile(
    _ path: String? = nil, _ attempt: String = "read"
  ) throws(PosixError) {
    guard try FileInformation(of: self, path: path).kind != .file else { return }
    throw PosixError(attempt, path: path, code: PosixError.notAFile)
  }

  /// Opens a file for reading where neither it nor a directory of its path is a link, and the path has no
  /// `..`, openat2(2).
  package init(readingWithoutLinks path: String) throws(PosixError) {
    number = try PosixError.check("read", path: path) { unsafe cposix_open_without_links(path) }
  }

  /// /dev/null, to be read and written.
  package static func nothing() throws(PosixError) -> FileDescriptor {
    try FileDescriptor(opening: "/dev/null", flags: O_RDWR)
  }

  deinit {
    // Linux frees the number even when close fails (close(2)), so there is nothing to retry.
    _ = Glibc.close(number)
  }

  /// Gives the descriptor away; the caller must close it.
  package consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// Writes all bytes, in as many write(2) as the kernel wants.
  package func write(_ bytes: RawSpan, path: String? = nil) throws(PosixError) {
    var offset = 0
    while offset < bytes.byteCount {
      let rest = bytes.extracting(offset...)
      offset += try PosixError.check("write", path: path) {
        unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
      }
    }
  }

  /// Writes all bytes, in as many write(2) as the kernel wants.
  package func write(_ bytes: [UInt8], path: String? = nil) throws(PosixError) {
    try unsafe write(bytes.span.bytes, path: path)
  }

  /// Reads once, at most `limit` bytes; empty at the end of the file.
  ///
  /// - Parameter place: Where to read, pread(2); nil goes on where the last read ended.
  package func read(
    upTo limit: Int, at place: Int? = nil, path: String? = nil
  ) throws(PosixError) -> [UInt8] {
    var failure: PosixError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      do throws(PosixError) {
        count = try PosixError.check("read", path: path) {
          if let place {
            unsafe Glibc.pread(number, buffer.baseAddress, limit, place)
          } else {
            unsafe Glibc.read(number, buffer.baseAddress, limit)
          }
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Waits until everything written is on the disk, fsync(2).
  package func synchronize(path: String? = nil) throws(PosixError) {
    _ = try PosixError.check("save", path: path) { fsync(number) }
  }
}

extension FileDescriptor {
  /// Has the file system set bytes aside at a place of the file, whose size stays, fallocate(2). One that
  /// knows no such thing is left alone.
  func reserve(_ byteCount: Int, at place: Int, path: String) throws(PosixError) {
    let number = number
    _ = try PosixError.check("reserve room for", path: path) { () -> Int32 in
      let result = cposix_reserve(number, Int64(place), Int64(byteCount))
      let isUnknown = result != 0 && (errno == EOPNOTSUPP || errno == ENOSYS || errno == EINVAL)
      return isUnknown ? 0 : result
    }
  }
}
