package import Seedream

/// Whom to ask, and in which dialect.
package struct ProviderConnection: Codable, Equatable, Sendable {
  /// The profile's name, for people and records.
  package var name: String
  /// The dialect's name, as `Dialect` knows it.
  package var dialect: String
  /// Nil for the sandbox, which the service runs itself.
  package var baseURL: String?
  /// The profile's own headers, besides those of the dialect; never one with a key.
  package var headers: [WireRequest.Header]
  /// What the profile changes about the models; nil keeps the dialect's limits.
  package var limits: RequestLimits?
  /// How many of its jobs talk to it at once; nil for as many as the service lets.
  package var parallel: Int?

  /// What the profile says it charges, by family; see `Pricing.own`.
  package var prices: [String: PriceList]?

  package init(
    name: String, dialect: String, baseURL: String?, headers: [WireRequest.Header] = [],
    limits: RequestLimits? = nil, parallel: Int? = nil, prices: [String: PriceList]? = nil
  ) {
    self.name = name
    self.dialect = dialect
    self.baseURL = baseURL
    self.headers = headers
    self.limits = limits
    self.parallel = parallel
    self.prices = prices
  }

  /// The dialect with what the profile changes about it; nil where no dialect has the name.
  var effectiveDialect: Dialect? {
    guard var effective = Dialect.named(dialect) else { return nil }
    if let limits { effective.limits = limits }
    effective.headers += headers
    effective.prices.merge(prices ?? [:]) { $1 }
    return effective
  }

  /// The provider that draws locally.
  package static let sandbox = ProviderConnection(
    name: "sandbox", dialect: "sandbox", baseURL: nil)

  /// Whether a key for one is a key for the other: the same profile at the same address.
  func hasKeyOf(_ other: ProviderConnection) -> Bool {
    name == other.name && baseURL == other.baseURL
  }

  /// Whether a key would travel readable for everybody on the way: plain HTTP beyond this machine.
  var isOpenToEavesdroppers: Bool {
    guard let baseURL, baseURL.lowercased().hasPrefix("http://") else { return false }
    let host =
      baseURL.dropFirst(7).prefix { !"/?#".contains($0) }
      .split(separator: "@").last?.lowercased() ?? ""
    let name =
      host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
    return !PrivateHost.isLoopback(name)
  }
}

/// What the configuration says of a provider's key.
package enum KeyLookup: Equatable, Sendable {
  /// Lives in the service's memory only.
  case key(String)
  case notNeeded
  /// A sentence: whose key is missing, and how to hand it over.
  case missing(String)
}

extension KeyLookup {
  /// What is known without any configuration.
  package static func unconfigured(_ provider: ProviderConnection) -> KeyLookup {
    guard let dialect = provider.effectiveDialect, !dialect.keyVariables.isEmpty else {
      return .notNeeded
    }
    return .missing("Waits for the key of '\(provider.name)': send anything to it to hand it over.")
  }
}
