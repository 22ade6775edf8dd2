package import Seedream

/// Somebody who makes pictures: in which words it is asked, where, and where its key comes from.
package struct ProviderProfile: Equatable, Sendable {
  /// What people call it: `ark`, or a name of their own.
  package var name: String
  /// The name of the dialect it speaks.
  package var dialect: String
  /// Nil for the sandbox, which runs inside.
  package var baseURL: BaseURL?
  /// Environment variables that may hold the key, in the order they are tried.
  package var keyEnvironment: [String]
  /// A line for the shell whose first line of output is the key.
  package var keyCommand: String?
  /// From a private configuration file.
  package var key: Secret?
  /// Used where none is asked for.
  package var model: String?
  /// Which model the account's endpoints (`ep-…`) are, where the user has said so.
  package var family: ModelFamily?
  /// Sent with every request, after those of the dialect; never a key.
  package var headers: [WireRequest.Header]
  /// In place of the dialect's limits, which nil keeps.
  package var limits: RequestLimits?
  /// How many of its jobs run at once; nil for as many as the service lets.
  package var parallel: Int?
  /// What it charges, by family, before the vendor's list; see `Pricing.own`.
  package var prices: [String: PriceList]

  package init(
    name: String, dialect: String, baseURL: BaseURL? = nil, keyEnvironment: [String] = [],
    keyCommand: String? = nil, key: Secret? = nil, model: String? = nil,
    family: ModelFamily? = nil, headers: [WireRequest.Header] = [], limits: RequestLimits? = nil,
    parallel: Int? = nil, prices: [String: PriceList] = [:]
  ) {
    self.name = name
    self.dialect = dialect
    self.baseURL = baseURL
    self.keyEnvironment = keyEnvironment
    self.keyCommand = keyCommand
    self.key = key
    self.model = model
    self.family = family
    self.headers = headers
    self.limits = limits
    self.parallel = parallel
    self.prices = prices
  }

  /// Whether it draws on this machine, without anybody's bill.
  package var isSandbox: Bool { dialect == Self.sandboxName }

  /// Whether a key is looked for at all. The local endpoint of the seeds holds its own.
  package var usesKey: Bool { !keyEnvironment.isEmpty || keyCommand != nil || key != nil }

  /// A key travels encrypted, or not beyond this machine.
  package func allowsKey(over url: BaseURL) -> Bool {
    url.isEncrypted || url.isLoopback
  }

  package static let sandboxName = Dialect.sandbox.name
}
