private import CPosix
internal import Glibc

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
