/// The addresses that a string holds which should be one: some write it between quotation marks or angles, as
/// Markdown, or several of them.
struct WrittenAddresses {
  /// In their order; the string itself where it is nothing of that. None where it is more than a line.
  let found: [String]

  private static let around = [("\"", "\""), ("'", "'"), ("`", "`"), ("<", ">")]

  /// - Parameter text: Without white space around it.
  init(_ text: String) {
    let bare = Self.bare(text)
    if bare.contains("](") {
      let targets = MarkdownTargets(bare).found
      let images = targets.filter(\.isImage)
      found = (images.isEmpty ? targets : images).map(\.target)
      return
    }
    let parts = bare.split { $0.isWhitespace || ",;|".contains($0) }.map { Self.bare(String($0)) }
    if parts.count > 1, parts.allSatisfy(Self.isWhole) {
      found = parts
    } else {
      found = bare.contains(where: \.isNewline) ? [] : [bare]
    }
  }

  private static func isWhole(_ text: String) -> Bool {
    let scheme = WebAddress.scheme(of: text)?.lowercased() ?? ""
    return ["http", "https"].contains(scheme) && text.contains("://")
  }

  private static func bare(_ text: String) -> String {
    for (first, last) in around
    where text.count > 2 && text.hasPrefix(first) && text.hasSuffix(last) {
      return String(text.dropFirst().dropLast()).trimmed
    }
    return text
  }
}
