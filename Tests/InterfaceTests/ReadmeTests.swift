import FoundationEssentials
import Testing

@testable import Interface

/// The table of keys in README is the registry's.
struct ReadmeTests {
  private static let start =
    "<!-- keys: written by RECORD_GOLDEN=1 swift test --filter ReadmeTests -->\n"
  private static let end = "<!-- end of keys -->\n"

  @Test func itsTableOfKeysIsTheRegistrys() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(root)/README.md"
    let data = try #require(FileManager.default.contents(atPath: path))
    let text = String(decoding: data, as: UTF8.self)
    let head = try #require(text.firstRange(of: Self.start))
    let tail = try #require(text.firstRange(of: Self.end))
    let table =
      "\n| keys | what they do | name |\n| --- | --- | --- |\n\(ActionRegistry.markdown)\n"
    guard text[head.upperBound..<tail.lowerBound] != table else { return }
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      let now = String(text[..<head.upperBound]) + table + String(text[tail.lowerBound...])
      try Data(now.utf8).write(to: URL(filePath: path))
    }
    Issue.record("the table of keys is not the registry's: RECORD_GOLDEN=1 writes it anew")
  }
}
