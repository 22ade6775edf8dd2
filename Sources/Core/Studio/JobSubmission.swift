package import Seedream

/// What a front end or a command hands over to have pictures made.
package struct JobSubmission: Codable, Equatable, Sendable {
  package var request: GenerationRequest
  package var provider: ProviderConnection
  /// Lives in the service's memory only; never in a record, a journal or a log.
  package var key: String?

  package init(request: GenerationRequest, provider: ProviderConnection, key: String?) {
    self.request = request
    self.provider = provider
    self.key = key
  }
}

/// Whom to ask, and in which dialect.
package struct ProviderConnection: Codable, Equatable, Sendable {
  /// The profile's name, for people and records.
  package var name: String
  /// The dialect's name, as `Dialect` knows it.
  package var dialect: String
  /// Nil for the sandbox, which the service runs itself.
  package var baseURL: String?

  package init(name: String, dialect: String, baseURL: String?) {
    self.name = name
    self.dialect = dialect
    self.baseURL = baseURL
  }

  /// The provider that draws locally.
  package static let sandbox = ProviderConnection(name: "sandbox", dialect: "ark", baseURL: nil)
}
