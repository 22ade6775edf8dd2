import Glibc

/// The file of a Unix socket, known by its inode so that only one's own is ever removed.
struct SocketFile: Sendable {
  private let path: String
  private let device: dev_t
  private let inode: ino_t

  /// Listens at a path, replacing what a dead server left there.
  ///
  /// The directory is locked meanwhile, so that of two servers that start at once one wins and the
  /// other finds it alive.
  static func listen(_ path: String) throws(HTTPError) -> (descriptor: Int32, file: SocketFile) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw ListeningSocket.refusal(errno, path) }
    defer { close(directory) }
    flock(directory, LOCK_EX)
    guard let address = UnixAddress(path) else {
      throw HTTPError(
        .server(.refused(ENAMETOOLONG)),
        "The path of a socket may have \(UnixAddress.capacity) bytes; this one has \(path.utf8.count).",
        context: path)
    }
    try makeRoom(path, address)
    let descriptor = UnixAddress.socket()
    guard descriptor >= 0 else { throw ListeningSocket.refusal(errno, path) }
    // On Linux the file takes its mode from the descriptor, so it is private from the start.
    var status = stat()
    guard fchmod(descriptor, 0o600) == 0, address.bind(descriptor),
      Glibc.listen(descriptor, SOMAXCONN) == 0, unsafe lstat(path, &status) == 0
    else {
      let number = errno
      close(descriptor)
      throw ListeningSocket.refusal(number, path)
    }
    return (descriptor, SocketFile(path: path, device: status.st_dev, inode: status.st_ino))
  }

  func remove() {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode else {
      return
    }
    unsafe unlink(path)
  }

  private static func makeRoom(_ path: String, _ address: UnixAddress) throws(HTTPError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw HTTPError(
        .server(.refused(EEXIST)), "A file that is not a socket lies there; move it away.",
        context: path)
    }
    let probe = UnixAddress.socket()
    guard probe >= 0 else { throw ListeningSocket.refusal(errno, path) }
    defer { close(probe) }
    let failure = address.connect(probe) ? 0 : errno
    guard failure == ECONNREFUSED || failure == ENOENT else {
      throw ListeningSocket.refusal(EADDRINUSE, path)
    }
    unsafe unlink(path)
  }
}
