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

  /// An error of the provider's without the key, which it may repeat.
  func withoutKey(_ error: APIError) -> APIError {
    guard let key, key.utf8.count >= 6 else { return error }
    var error = error
    for member in [\APIError.code, \.message, \.param, \.type] {
      error[keyPath: member] = error[keyPath: member].replacing(key, with: "[key]")
    }
    return error
  }

  /// What the provider said without the key, which its errors may repeat.
  func withoutKey(_ event: ReplyEvent) -> ReplyEvent {
    switch event {
    case .failed(let error): .failed(withoutKey(error))
    case .memberRefused(let index, let error): .memberRefused(index: index, withoutKey(error))
    default: event
    }
  }
}
