internal import Secrets
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
  /// Takes all secrets out of what it answers.
  private(set) var redaction: Redaction
  private var secrets: [String]

  /// - Parameter secrets: What beside the key nobody may see, such as the password of a proxy.
  package init(
    name: String, dialect: Dialect, key: String? = nil, isSandbox: Bool = false,
    secrets: [String] = []
  ) {
    self.name = name
    self.dialect = dialect
    self.key = key
    self.isSandbox = isSandbox
    self.secrets = secrets + (key.map { [$0] } ?? [])
    redaction = Redaction(self.secrets)
  }

  /// The same with more that nobody may see.
  func hiding(_ more: [String]) -> Upstream {
    var upstream = self
    upstream.secrets += more
    upstream.redaction = Redaction(upstream.secrets)
    return upstream
  }

  /// Scheme, host and port.
  var origin: String {
    guard let scheme = dialect.baseURL.firstRange(of: "://") else { return dialect.baseURL }
    let rest = dialect.baseURL[scheme.upperBound...]
    return String(dialect.baseURL[..<scheme.upperBound]) + rest.prefix { $0 != "/" }
  }

  /// An error of the provider's without secrets, which it may repeat. Its id is judged by who gives it on.
  func withoutSecrets(_ error: APIError) -> APIError {
    var clean = redaction.error(error)
    clean.requestID = error.requestID.map(redaction.text)
    return clean
  }

  /// What the provider said without secrets, which its errors may repeat.
  func withoutSecrets(_ event: ReplyEvent) -> ReplyEvent {
    switch event {
    case .failed(let error): .failed(withoutSecrets(error))
    case .memberRefused(let index, let error):
      .memberRefused(index: index, withoutSecrets(error))
    case .unreadable(let error): .unreadable(withoutSecrets(error))
    default: event
    }
  }
}
