import FoundationEssentials
package import Testing

/// Expected texts in files that a reviewer reads, in the folder `Golden` beside the test.
package enum Golden {
  /// Compares a text with the file `NAME.txt`.
  ///
  /// With `RECORD_GOLDEN=1` in the environment the file is written instead, and the test fails all
  /// the same: recording is a decision, not a way to pass. A missing file is a failure.
  package static func compare(
    _ text: String, named name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let folder = filePath[..<(filePath.lastIndex(of: "/") ?? filePath.endIndex)] + "/Golden"
    let file = "\(folder)/\(name).txt"
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      do {
        try FileManager.default.createDirectory(
          atPath: String(folder), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        Issue.record(
          "recorded \(file): read it before it is committed", sourceLocation: sourceLocation)
      } catch {
        Issue.record("cannot record \(file): \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      Issue.record(
        "\(file) is missing; RECORD_GOLDEN=1 writes it:\n\(text)", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if text != expected {
      Issue.record(
        "not as in \(file):\n\(differences(expected, text))", sourceLocation: sourceLocation)
    }
  }

  private static func differences(_ expected: String, _ actual: String) -> String {
    let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(left.count, right.count) {
      let old = index < left.count ? left[index] : nil
      let new = index < right.count ? right[index] : nil
      if old == new {
        lines.append("  " + (new ?? ""))
      } else {
        if let old { lines.append("- " + old) }
        if let new { lines.append("+ " + new) }
      }
    }
    return lines.joined(separator: "\n")
  }
}
