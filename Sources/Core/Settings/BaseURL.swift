internal import Seedream

/// The address of a provider's service, checked so that the host read here is the host that is called.
package struct BaseURL: Equatable, Sendable {
  /// Without a slash at the end.
  package let text: String
  package let isEncrypted: Bool
  /// In lower case, an IPv6 address without its brackets.
  package let host: String

  /// Reads `https://host[:port][/path]`. User names, queries, fragments, escapes in the host and
  /// anything invisible are refused.
  package init?(_ text: String) {
    let lowered = text.lowercased()
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let scheme = ["https://", "http://"].first(where: { lowered.hasPrefix($0) }),
      !text.contains(where: { "@?#\\\"<>^`{|}".contains($0) })
    else { return nil }
    let rest = lowered.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    guard let (host, port) = Self.split(authority), Self.isHost(host), Self.isPort(port) else {
      return nil
    }
    self.host = String(host)
    isEncrypted = scheme == "https://"
    var text = text[...]
    while text.last == "/" { text.removeLast() }
    self.text = String(text)
  }

  /// Whether what is sent there stays on this machine: `localhost`, 127.0.0.0/8 and ::1.
  package var isLoopback: Bool { PrivateHost.isLoopback(host) }

  private static func split(_ authority: Substring) -> (host: Substring, port: Substring?)? {
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let host = authority[authority.index(after: authority.startIndex)..<end]
      let rest = authority[authority.index(after: end)...]
      guard host.contains(":"), rest.isEmpty || rest.first == ":" else { return nil }
      return (host, rest.isEmpty ? nil : rest.dropFirst())
    }
    guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
    return (authority[..<colon], authority[authority.index(after: colon)...])
  }

  private static func isHost(_ host: Substring) -> Bool {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789-._"
    let address = "0123456789abcdef:."
    let isAddress = host.contains(":")
    return !host.isEmpty && host.allSatisfy { (isAddress ? address : letters).contains($0) }
  }

  private static func isPort(_ port: Substring?) -> Bool {
    guard let port else { return true }
    return UInt16(port).map { $0 > 0 } ?? false
  }
}

extension BaseURL {
  /// The paths that requests of the dialects go to, which are put behind a base URL.
  private static let requestPaths = [
    "/images/generations", "/images/edits", "/chat/completions", "/byteplus-generate",
    "/byteplus/v1/getEditMultiImage",
  ]

  /// The end of the address that is the path of a request, and must not be part of it; nil where there is
  /// none. Pages of providers show the whole address, and people copy it.
  package var requestPath: String? {
    let lowered = text.lowercased()
    return Self.requestPaths.first { lowered.hasSuffix($0.lowercased()) }
  }

  /// What is wrong with an address that holds the whole path, as a clause that follows its name; nil where
  /// nothing is.
  package var fault: String? {
    requestPath.map { path in
      "holds the whole path of a request: leave '\(path)' off, as in \(text.dropLast(path.count))"
    }
  }
}

extension BaseURL: CustomStringConvertible {
  package var description: String { text }
}
