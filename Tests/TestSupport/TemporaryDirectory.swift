import FoundationEssentials

/// A directory of a test's own, removed with everything in it when the last reference goes.
package final class TemporaryDirectory: Sendable {
  /// Absolute, without a slash at the end.
  package let path: String

  package init() throws {
    let usual = FileManager.default.temporaryDirectory
    // Sockets lie in it, and their paths have 107 bytes (unix(7)).
    let isShort = usual.path(percentEncoded: false).utf8.count <= 40
    let parent = isShort ? usual : URL(filePath: "/tmp")
    let url = parent.appending(path: "darkroom-\(UUID())")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    path = url.path(percentEncoded: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something inside.
  package func path(_ name: String) -> String { path + "/" + name }
}
