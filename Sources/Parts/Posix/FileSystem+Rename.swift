private import CPosix
internal import Glibc

extension FileSystem {
  /// Renames within one file system, unless something has the new name: then it throws `EEXIST` and both
  /// stay as they are.
  ///
  /// In one step where the file system can, renameat2(2). Where it cannot, a crash in the middle leaves one
  /// file under both names (NFS), or an empty one under the new name (FAT).
  package static func renameWithoutReplacing(
    _ path: String, to newPath: String
  ) throws(PosixError) {
    if unsafe cposix_rename_without_replacing(path, newPath) == 0 { return }
    // NFS and some FUSE file systems know no such rename.
    guard errno == EINVAL || errno == ENOSYS else {
      throw PosixError("write", path: newPath, code: errno)
    }
    if unsafe link(path, newPath) == 0 {
      unsafe unlink(path)
      return
    }
    // FAT knows no links either: reserve the name, then replace our own empty file.
    guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS else {
      throw PosixError("write", path: newPath, code: errno)
    }
    _ = try FileDescriptor(opening: newPath, flags: O_WRONLY | O_CREAT | O_EXCL, attempt: "write")
    do throws(PosixError) {
      try rename(path, to: newPath)
    } catch {
      unsafe unlink(newPath)
      throw error
    }
  }
}
