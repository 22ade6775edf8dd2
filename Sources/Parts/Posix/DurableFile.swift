/// Small files written whole: after a power cut there is the old file, the new one, or none.
package enum DurableFile {
  /// Writes a file in one step.
  ///
  /// - Parameters:
  ///   - mode: Permissions of the new file, before the umask.
  ///   - replacing: False throws `EEXIST` if the path is taken.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o666, replacing: Bool = false
  ) throws(PosixError) {
    do {
      var file = try PendingFile(in: FileSystem.parent(of: path), mode: mode)
      try file.write(bytes)
      try file.commit(as: FileSystem.name(of: path), replacing: replacing)
    } catch {
      // The caller knows the path it asked for, not the temporary one.
      throw PosixError("write", path: path, code: error.code)
    }
  }
}
