import FoundationEssentials

/// The programs of this package as they were built beside the tests.
package enum BuiltProgram {
  /// The absolute path of a built executable.
  package static func path(_ name: String) throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(filePath: tests).deletingLastPathComponent()
    let path = folder.appending(path: name).path(percentEncoded: false)
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw TestFailure("\(path) is not built")
    }
    return path
  }

  /// A fixed environment for programs in a terminal: locale, terminal type, and a home of their own.
  package static func environment(
    home: String, term: String = "xterm-256color", adding more: [String: String] = [:]
  ) -> [String: String] {
    [
      "HOME": home, "TERM": term, "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
      "SHELL": "/bin/sh",
      // A crash ends at once instead of asking on the terminal whether to debug it.
      "SWIFT_BACKTRACE": "enable=no",
    ].merging(more) { $1 }
  }
}
