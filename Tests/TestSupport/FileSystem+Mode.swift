internal import Glibc
package import Posix

extension FileSystem {
  /// Sets the permission bits of a file.
  package static func setMode(_ mode: UInt32, of path: String) throws(PosixError) {
    _ = try PosixError.check("change the permissions of", path: path) { unsafe chmod(path, mode) }
  }
}
