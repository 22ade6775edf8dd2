/// Web addresses as text, without interpreting more of them than secrets need.
enum Address {
  /// An http(s) address without user information, query and fragment, where signatures and tokens
  /// are; a `data:` address without its data; any other text as it is.
  static func withoutSecrets(_ text: String) -> String {
    let lower = text.prefix(8).lowercased()
    if lower.hasPrefix("data:") { return String(text.prefix { $0 != "," }.prefix(80)) }
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return text }
    let bare = text.prefix { $0 != "?" && $0 != "#" }
    let start = bare.index(bare.startIndex, offsetBy: lower.hasPrefix("https") ? 8 : 7)
    let host = bare[start...].prefix { $0 != "/" && $0 != "\\" }
    guard let at = host.lastIndex(of: "@") else { return String(bare) }
    return String(bare[..<start] + bare[bare.index(after: at)...])
  }
}
