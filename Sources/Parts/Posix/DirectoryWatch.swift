internal import Glibc

/// Tells when something is taken out of a directory, or the directory itself goes, inotify(7).
package struct DirectoryWatch: ~Copyable, Sendable {
  private let file: FileDescriptor

  package init(_ path: String) throws(PosixError) {
    let number = try PosixError.check("watch", path: path) {
      inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    }
    let file = FileDescriptor(owning: number)
    let events = UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM) | UInt32(IN_DELETE_SELF)
    _ = try PosixError.check("watch", path: path) {
      unsafe inotify_add_watch(number, path, events | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR))
    }
    self.file = file
  }

  /// For `Poll.wait`: readable once something has gone.
  package var descriptor: Int32 { file.number }

  /// Takes back what was told, so that the descriptor waits for the next.
  package func clear() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let number = file.number
    while unsafe bytes.withUnsafeMutableBytes({ unsafe read(number, $0.baseAddress, $0.count) }) > 0
    {}
  }
}
