internal import Glibc

/// Plain operations on files and directories by path. All block; all throw `PosixError`.
package enum FileSystem {
  /// Whether something can be looked up under the path, symbolic links followed.
  package static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// Whether this process may create files in the directory, access(2).
  package static func isWritable(_ path: String) -> Bool {
    unsafe access(path, W_OK | X_OK) == 0
  }

  /// Throws what stands in the way of creating files in the directory, access(2): `EROFS`, `EACCES`.
  package static func checkWritable(_ path: String) throws(PosixError) {
    _ = try PosixError.check("write", path: path) { unsafe access(path, W_OK | X_OK) }
  }

  /// The bytes of whatever a user names; a FIFO or a device too.
  ///
  /// - Parameter limit: More bytes than this throw `EFBIG`; the size is not trusted, so a file that
  ///   grows or lies is refused as well.
  package static func read(_ path: String, limit: Int) throws(PosixError) -> [UInt8] {
    // Without O_NONBLOCK opening a FIFO would wait for a writer.
    let file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK, attempt: "read")
    return try read(file, FileInformation(of: file, path: path), path: path, limit: limit)
  }

  /// The bytes of a regular file: of what is the program's own, and is nothing else.
  ///
  /// - Throws: `notAFile` for anything else, `EFBIG` for more bytes than the limit.
  package static func readFile(_ path: String, limit: Int) throws(PosixError) -> [UInt8] {
    let file = try FileDescriptor.ofFile(path)
    return try read(file, FileInformation(of: file, path: path), path: path, limit: limit)
  }

  /// The same of a file that is open, and of which it is known what it is.
  package static func read(
    _ file: borrowing FileDescriptor, _ information: FileInformation, path: String, limit: Int
  ) throws(PosixError) -> [UInt8] {
    if information.size > limit { throw PosixError("read", path: path, code: EFBIG) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(information.size)
    while true {
      let chunk = try file.read(upTo: 1 << 16, path: path)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      if bytes.count > limit { throw PosixError("read", path: path, code: EFBIG) }
    }
  }

  /// The first bytes of a file, fewer where it is shorter: enough to tell what it is.
  package static func readStart(_ path: String, count: Int) throws(PosixError) -> [UInt8] {
    let file = try FileDescriptor(opening: path, flags: O_RDONLY | O_NONBLOCK, attempt: "read")
    var bytes: [UInt8] = []
    while bytes.count < count {
      let chunk = try file.read(upTo: count - bytes.count, path: path)
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  /// Makes a directory and those above it that are missing, each saved in its parent.
  ///
  /// - Parameters:
  ///   - mode: Permissions of every directory made, before the umask. One that exists keeps its own.
  ///   - root: A directory above it that is not made where it is missing.
  package static func createDirectory(
    _ path: String, mode: UInt32 = 0o777, within root: String? = nil
  ) throws(PosixError) {
    if unsafe mkdir(path, mode) == 0 {
      try synchronizeDirectory(parent(of: path))
      return
    }
    let code = errno
    if code == ENOENT, parent(of: path) != path, parent(of: path) != root {
      try createDirectory(parent(of: path), mode: mode, within: root)
      _ = try PosixError.check("create the directory", path: path) {
        unsafe mkdir(path, mode) == 0 || errno == EEXIST ? 0 : -1
      }
      return try synchronizeDirectory(parent(of: path))
    }
    if code == EEXIST {
      let information = try FileInformation(of: path)
      if information.kind == .directory { return }
      throw PosixError("create the directory", path: path, code: ENOTDIR)
    }
    throw PosixError("create the directory", path: path, code: code)
  }

  /// Renames within one file system, replacing what had the new name, rename(2).
  package static func rename(_ path: String, to newPath: String) throws(PosixError) {
    _ = try PosixError.check("rename", path: path) { unsafe Glibc.rename(path, newPath) }
  }

  /// Removes a file; one that is not there is as good as removed.
  package static func remove(_ path: String) throws(PosixError) {
    _ = try PosixError.check("remove", path: path) {
      unsafe unlink(path) == 0 || errno == ENOENT ? 0 : -1
    }
  }

  /// The absolute path without links, dots and doubled slashes, realpath(3).
  ///
  /// - Throws: Also `EILSEQ`, where the path is not UTF-8 and so cannot be named here.
  package static func realPath(_ path: String) throws(PosixError) -> String {
    guard let resolved = unsafe realpath(path, nil) else {
      throw PosixError("look at", path: path, code: errno)
    }
    defer { unsafe free(resolved) }
    guard let text = unsafe String(validatingCString: resolved) else {
      throw PosixError("use", path: printable(unsafe bytes(of: resolved)), code: EILSEQ)
    }
    return text
  }

  /// The directory that relative paths begin in, getcwd(3).
  ///
  /// - Throws: `ENOENT` where it was deleted.
  package static func workingDirectory() throws(PosixError) -> String {
    do throws(PosixError) {
      return try realPath(".")
    } catch {
      if error.code == EILSEQ { throw error }
      throw PosixError("use the working directory", code: error.code)
    }
  }

  /// The absolute path without links of a file that may not exist: that of the deepest directory that
  /// does, and the rest as it is.
  package static func resolvedPath(_ path: String) -> String {
    if let real = try? realPath(path) { return real }
    let parent = parent(of: path)
    if parent == path { return path }
    let above = resolvedPath(parent)
    return (above == "/" ? "" : above) + "/" + name(of: path)
  }

  /// The path, or the deepest directory above it that exists.
  package static func deepestExisting(_ path: String) -> String {
    let above = parent(of: path)
    return exists(path) || above == path ? path : deepestExisting(above)
  }

  /// Throws `leadsOut` where a link below a directory leads to a place that is not in it. What is not there is looked
  /// for where it would be.
  package static func checkInside(_ directory: String, _ path: String) throws(PosixError) {
    let (real, root) = (resolvedPath(path), resolvedPath(directory))
    guard real != root, !real.hasPrefix(root == "/" ? root : root + "/") else { return }
    throw PosixError("use", path: path, code: PosixError.leadsOut)
  }

  /// Waits until the names in a directory are on the disk.
  ///
  /// File systems that cannot do this (`EINVAL`, fsync(2)) have nothing to wait for.
  package static func synchronizeDirectory(_ path: String) throws(PosixError) {
    let directory = try FileDescriptor(opening: path, flags: O_RDONLY | O_DIRECTORY)
    let number = directory.number
    _ = try PosixError.check("save", path: path) {
      fsync(number) == 0 || errno == EINVAL ? 0 : -1
    }
  }

  /// The directory a path lies in: `/a` for `/a/b`, `.` for `b`, `/` for `/`.
  package static func parent(of path: String) -> String {
    let trimmed = path.utf8.drop(whileLast: slash)
    guard let cut = trimmed.lastIndex(of: slash) else { return path.isAbsolutePath ? "/" : "." }
    let parent = trimmed[..<cut].drop(whileLast: slash)
    return parent.isEmpty ? "/" : String(Substring(parent))
  }

  /// The last part of a path: `b` for `/a/b` and `/a/b/`.
  package static func name(of path: String) -> String {
    let trimmed = path.utf8.drop(whileLast: slash)
    guard let cut = trimmed.lastIndex(of: slash) else { return String(Substring(trimmed)) }
    return String(Substring(trimmed[trimmed.index(after: cut)...]))
  }

  /// Paths are bytes: a slash is one also before a combining character, which would make them one
  /// `Character`.
  private static let slash = UInt8(ascii: "/")
}

extension String {
  /// Whether the path begins at the root.
  package var isAbsolutePath: Bool { utf8.first == UInt8(ascii: "/") }
}

extension BidirectionalCollection<UInt8> where SubSequence == Substring.UTF8View {
  fileprivate func drop(whileLast byte: UInt8) -> Substring.UTF8View {
    var rest = self[startIndex...]
    while rest.last == byte { rest.removeLast() }
    return rest
  }
}
