/// Whether a provider on the internet could fetch a URL, judged by its spelling alone.
///
/// Names are not looked up: a public name that resolves to a private address is the provider's
/// business. Blocks of addresses: IANA special-purpose registries (RFC 6890, RFC 4193, RFC 6598).
enum PublicAddress: Equatable {
  case reachable
  case malformed
  case otherScheme
  case withCredentials
  case privateHost(String)

  init(_ url: String) {
    guard let colon = url.firstRange(of: "://") else {
      self = url.contains(":") && !url.contains(" ") ? .otherScheme : .malformed
      return
    }
    guard ["http", "https"].contains(url[..<colon.lowerBound].lowercased()) else {
      self = .otherScheme
      return
    }
    // A browser reads "\" as "/"; curl may not. Nothing legal holds one, or a control character.
    let rest = url[colon.upperBound...]
    guard rest.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0 != "\\" && $0.value != 0x7f })
    else {
      self = .malformed
      return
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else {
      self = .withCredentials
      return
    }
    guard let host = Self.host(of: authority), !host.isEmpty else {
      self = .malformed
      return
    }
    self = Self.isPrivate(host) ? .privateHost(host) : .reachable
  }

  /// The same URL without its user; nil where it is not clear which part that is.
  static func withoutCredentials(_ url: String) -> String? {
    guard let colon = url.firstRange(of: "://") else { return nil }
    let rest = url[colon.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return "\(url[..<colon.upperBound])\(parts[1])\(rest[authority.endIndex...])"
  }

  /// The host in small letters, IPv6 addresses with their brackets; nil where there is none to be read.
  static func host(ofURL url: String) -> String? {
    guard let colon = url.firstRange(of: "://") else { return nil }
    let authority = url[colon.upperBound...].prefix { !"/?#".contains($0) }
    return authority.contains("@") ? nil : host(of: authority)
  }

  /// The host without its port, IPv6 addresses with their brackets.
  private static func host(of authority: Substring) -> String? {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let port = authority[authority.index(after: end)...]
      return isPort(port) ? String(authority[...end]) : nil
    }
    let host = authority.prefix { $0 != ":" }
    return isPort(authority[host.endIndex...]) ? FoldedHost.text(host)?.lowercased() : nil
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard text.hasPrefix(":") else { return text.isEmpty }
    return text.dropFirst().isEmpty || UInt16(text.dropFirst()) != nil
  }

  /// - Parameter host: As `host(ofURL:)` gives it.
  static func isPrivate(_ host: String) -> Bool {
    if host.hasPrefix("[") {
      guard let words = IPv6Literal.words(host.dropFirst().dropLast()) else { return true }
      return IPv6Literal.isPrivate(words)
    }
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    if let address = IPv4Literal.address(name) { return IPv4Literal.isPrivate(address) }
    guard name.contains(".") else { return true }
    let closed = ["localhost", "local", "localdomain", "internal", "lan", "home.arpa", "onion"]
    return closed.contains { name.hasSuffix("." + $0) }
  }
}
