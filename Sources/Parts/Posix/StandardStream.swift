internal import Glibc

/// What the program was given to read and to write. Others may share it and may have made it non-blocking
/// (ssh(1), Node.js): then it is waited for, not given up. Every call blocks.
package enum StandardStream: Int32, Sendable {
  case input, output, error

  /// What people call it.
  package var name: String {
    switch self {
    case .input: "standard input"
    case .output: "standard output"
    case .error: "standard error"
    }
  }

  /// Writes all bytes.
  package func write(_ bytes: [UInt8]) throws(PosixError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(rawValue, $0.baseAddress, $0.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 {
        throw PosixError("write", path: name, code: EIO)
      } else if errno == EAGAIN {
        try Self.wait(for: rawValue, toWrite: true)
      } else if errno != EINTR {
        throw PosixError("write", path: name, code: errno)
      }
    }
  }

  /// All there is to read.
  /// - Throws: `EFBIG` for more than `limit` bytes.
  package func readAll(limit: Int) throws(PosixError) -> [UInt8] {
    try Self.readAll(rawValue, path: name, limit: limit)
  }

  /// All there is to read in a file that is no ordinary one: a pipe, a device. A pipe with a name is
  /// waited for until somebody writes to it; a number in /dev/fd is read through that descriptor, which
  /// may be a socket and not to be opened.
  ///
  /// - Throws: `EFBIG` for more than `limit` bytes.
  package static func readAll(of path: String, limit: Int) throws(PosixError) -> [UInt8] {
    if let number = descriptor(named: path) {
      return try readAll(number, path: path, limit: limit)
    }
    let file = try FileDescriptor(opening: path, flags: O_RDONLY, attempt: "read")
    return try readAll(file.number, path: path, limit: limit)
  }

  /// The open descriptor that a path names: `/dev/stdin`, `/dev/fd/63`.
  package static func descriptor(named path: String) -> Int32? {
    if path == "/dev/stdin" { return 0 }
    for directory in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(directory) {
      return Int32(path.dropFirst(directory.count)).flatMap { $0 >= 0 ? $0 : nil }
    }
    return nil
  }

  /// What the file system says at last of what was written (close(2)): a quota, a server that is full.
  package func finish() throws(PosixError) {
    let name = name
    let copy = try PosixError.check("write", path: name) { fcntl(rawValue, F_DUPFD_CLOEXEC, 3) }
    guard Glibc.close(copy) != 0, errno != EINTR else { return }
    throw PosixError("write", path: name, code: errno)
  }

  private static func readAll(
    _ number: Int32, path: String, limit: Int
  ) throws(PosixError) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe part.withUnsafeMutableBytes {
        unsafe Glibc.read(number, $0.baseAddress, $0.count)
      }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += part[..<count]
        if bytes.count > limit { throw PosixError("read", path: path, code: EFBIG) }
      } else if errno == EAGAIN {
        try wait(for: number, toWrite: false)
      } else if errno != EINTR {
        throw PosixError("read", path: path, code: errno)
      }
    }
  }

  private static func wait(for number: Int32, toWrite: Bool) throws(PosixError) {
    _ = try Poll.wait(for: toWrite ? [] : [number], writable: toWrite ? [number] : [])
  }
}
