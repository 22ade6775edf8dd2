internal import Glibc

/// What is left of a file system for this process, statvfs(3).
package struct FreeSpace: Equatable, Sendable {
  /// Bytes that may be written; a quota may allow fewer.
  package let bytes: Int
  /// Files that may be made; nil where the file system counts none.
  package let files: Int?

  /// Asks the file system that a path lies on.
  package init(at path: String) throws(PosixError) {
    var info = statvfs()
    _ = try PosixError.check("look at", path: path) { unsafe statvfs(path, &info) }
    bytes =
      Int(clamping: UInt64(info.f_bavail)).multipliedReportingOverflow(
        by: Int(clamping: UInt64(info.f_frsize))
      ).partialValue
    files = info.f_files == 0 ? nil : Int(clamping: UInt64(info.f_favail))
  }
}
