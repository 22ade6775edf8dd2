import Posix

/// What Tab makes of a path that is half typed.
enum PathCompletion {
  private static let limit = 200

  /// What begins with the text, spelled as far as it was typed; directories end with a slash. Names that are
  /// not UTF-8, and hidden ones that nobody began, are left out.
  static func paths(beginningWith typed: String) -> [String] {
    guard !typed.contains("://") else { return [] }
    if typed == "~" { return ["~/"] }
    let parts = typed.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map(String.init) ?? ""
    let head = String(typed.dropLast(name.count))
    let directory = head.isEmpty ? "." : ReferenceInspector.path(head)
    guard let listing = try? DirectoryListing(of: directory, limit: 100_000) else { return [] }
    return listing.entries.filter {
      $0.name.hasPrefix(name) && ($0.name.first != "." || name.first == ".")
    }
    .prefix(limit).map { entry in
      head + entry.name + (isDirectory(entry, in: directory) ? "/" : "")
    }
  }

  private static func isDirectory(_ entry: DirectoryListing.Entry, in directory: String) -> Bool {
    if let kind = entry.kind, kind == .directory || kind == .file { return kind == .directory }
    return (try? FileInformation(of: directory + "/" + entry.name))?.kind == .directory
  }
}
