package import Seedream

/// Whom the gateway stands in front of.
package struct Upstream: Sendable {
  /// What people call it.
  package var name: String
  /// With the address and all that a profile changes.
  package var dialect: Dialect
  /// Sent with every request; nil where none is needed.
  package var key: String?
  /// Whether it is the sandbox of this machine, whose pictures are fetched through the gateway.
  package var isSandbox: Bool

  package init(name: String, dialect: Dialect, key: String? = nil, isSandbox: Bool = false) {
    self.name = name
    self.dialect = dialect
    self.key = key
    self.isSandbox = isSandbox
  }

  /// Scheme, host and port.
  var origin: String {
    guard let scheme = dialect.baseURL.firstRange(of: "://") else { return dialect.baseURL }
    let rest = dialect.baseURL[scheme.upperBound...]
    return String(dialect.baseURL[..<scheme.upperBound]) + rest.prefix { $0 != "/" }
  }

  /// Text of the provider's without the key, which it may repeat.
  func withoutKey(_ text: String) -> String {
    guard let key, key.utf8.count >= 6 else { return text }
    return text.replacing(key, with: "[key]")
  }
}
