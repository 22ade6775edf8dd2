package import Seedream

// Addresses, key variables and limits stand in the dialects; a profile takes them from there.
extension ProviderProfile {
  /// What is known without any configuration, a profile for each dialect, in the order a default is
  /// looked for.
  package static let builtIn = Dialect.builtIn.map { ProviderProfile($0) }

  /// The provider that draws on this machine.
  package static let sandbox = ProviderProfile(.sandbox)

  /// The dialects a profile of the user's own may speak.
  package static let dialects = Dialect.builtIn.map(\.name).filter { $0 != sandboxName }

  private init(_ dialect: Dialect) {
    self.init(
      name: dialect.name, dialect: dialect.name, baseURL: BaseURL(dialect.baseURL),
      keyEnvironment: dialect.keyVariables)
  }

  /// The dialect with the changes of this profile: address, headers, limits, prices.
  ///
  /// - Parameter url: Where requests go instead of `baseURL`.
  /// - Returns: Nil where `dialect` is no dialect's name, which the configuration file does not allow.
  package func effectiveDialect(at url: BaseURL? = nil) -> Dialect? {
    guard var effective = Dialect.named(dialect) else { return nil }
    if let url = url ?? baseURL { effective.baseURL = url.text }
    if let limits { effective.limits = limits }
    effective.headers += headers
    effective.prices.merge(prices) { $1 }
    return effective
  }

  /// The request with the profile's family beside an endpoint id; one named in the request stays.
  package func namingFamily(of request: GenerationRequest) -> GenerationRequest {
    var request = request
    if request.family == nil, ModelCatalogue.isEndpoint(request.model) { request.family = family }
    return request
  }
}
