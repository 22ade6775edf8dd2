internal import Glibc

/// The names in a directory, without `.` and `..`, sorted by code point.
package struct DirectoryListing: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package let name: String
    /// Nil where the file system does not say (readdir(3), `DT_UNKNOWN`): ask `FileInformation`.
    package let kind: FileInformation.Kind?
  }

  package private(set) var entries: [Entry] = []
  /// How many names are not UTF-8 and so cannot be named here.
  package private(set) var unreadableNameCount = 0
  /// One of them, `printable`.
  package private(set) var unreadableName: String?

  /// Reads a directory.
  ///
  /// - Parameter limit: Entries beyond this many throw `EFBIG`.
  package init(of path: String, limit: Int = 1_000_000) throws(PosixError) {
    guard let directory = unsafe opendir(path) else {
      throw PosixError("list", path: path, code: errno)
    }
    defer { unsafe closedir(directory) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else {
        if errno != 0 { throw PosixError("list", path: path, code: errno) }
        break
      }
      let raw = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(
          to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)
        ) {
          unsafe bytes(of: $0)
        }
      }
      guard let name = String(validating: raw, as: UTF8.self) else {
        unreadableNameCount += 1
        let shown = printable(raw)
        unreadableName = min(unreadableName ?? shown, shown)
        continue
      }
      if name == "." || name == ".." { continue }
      if entries.count == limit { throw PosixError("list", path: path, code: EFBIG) }
      unsafe entries.append(Entry(name: name, kind: Self.kind(of: entry.pointee.d_type)))
    }
    entries.sort { $0.name < $1.name }
  }

  private static func kind(of type: UInt8) -> FileInformation.Kind? {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .directory
    case Int(DT_LNK): .symbolicLink
    case Int(DT_FIFO): .pipe
    case Int(DT_UNKNOWN): nil
    default: .other
    }
  }
}
