internal import Glibc

/// What stat(2) says about a file.
package struct FileInformation: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case file, directory, symbolicLink, pipe, other
  }

  package let kind: Kind
  /// Bytes.
  package let size: Int
  /// Seconds since 1970.
  package let modified: Double
  /// When its name, place or rights changed last, in seconds since 1970, inode(7).
  package let changed: Double
  /// The permission bits, 0o7777.
  package let mode: UInt32
  /// The user id of the owner.
  package let owner: UInt32
  /// Device and inode: equal for two names of one file.
  package let identity: FileIdentity

  init(_ info: stat) {
    kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .pipe
      default: .other
      }
    size = Int(info.st_size)
    modified = Double(info.st_mtim.tv_sec) + Double(info.st_mtim.tv_nsec) / 1e9
    changed = Double(info.st_ctim.tv_sec) + Double(info.st_ctim.tv_nsec) / 1e9
    mode = info.st_mode & 0o7777
    owner = info.st_uid
    identity = FileIdentity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
  }

  /// Whether neither group nor others have any right to it.
  package var isClosedToOthers: Bool { mode & 0o077 == 0 }

  /// Looks a path up.
  ///
  /// - Parameter followingLinks: False tells about a symbolic link itself.
  package init(of path: String, followingLinks: Bool = true) throws(PosixError) {
    var info = stat()
    _ = try PosixError.check("look at", path: path) {
      unsafe followingLinks ? stat(path, &info) : lstat(path, &info)
    }
    self.init(info)
  }

  /// Looks at an open file.
  package init(of descriptor: borrowing FileDescriptor, path: String? = nil) throws(PosixError) {
    var info = stat()
    let number = descriptor.number
    _ = try PosixError.check("look at", path: path) { unsafe fstat(number, &info) }
    self.init(info)
  }
}

/// One file of this machine, whatever it is called.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}
