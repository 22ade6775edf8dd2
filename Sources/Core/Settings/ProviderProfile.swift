/// Somebody who makes pictures: in which words it is asked, where, and where its key comes from.
package struct ProviderProfile: Equatable, Sendable {
  /// What people call it: `ark`, or a name of their own.
  package var name: String
  /// The name of the wire it speaks.
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

  package init(
    name: String, dialect: String, baseURL: BaseURL? = nil, keyEnvironment: [String] = [],
    keyCommand: String? = nil, key: Secret? = nil, model: String? = nil
  ) {
    self.name = name
    self.dialect = dialect
    self.baseURL = baseURL
    self.keyEnvironment = keyEnvironment
    self.keyCommand = keyCommand
    self.key = key
    self.model = model
  }

  /// Whether it draws on this machine, without anybody's bill.
  package var isSandbox: Bool { dialect == Self.sandboxName }

  /// Whether a key is looked for at all. The local endpoint of the seeds holds its own.
  package var usesKey: Bool { !keyEnvironment.isEmpty || keyCommand != nil || key != nil }

  /// A key travels encrypted, or not beyond this machine.
  package func allowsKey(over url: BaseURL) -> Bool {
    url.isEncrypted || url.isLoopback
  }

  package static let sandboxName = "sandbox"
}

// Sources: base URLs and ARK_API_KEY from the vendor's SDKs (volcengine-python-sdk, byteplus-python-sdk);
// the others from their own API pages.
extension ProviderProfile {
  /// What is known without any configuration, in the order a default is looked for.
  package static let builtIn: [ProviderProfile] = [
    known("ark", "https://ark.cn-beijing.volces.com/api/v3", keys: ["ARK_API_KEY"]),
    known(
      "byteplus", "https://ark.ap-southeast.bytepluses.com/api/v3",
      keys: ["BYTEPLUS_API_KEY", "ARK_API_KEY"]),
    known("unified", "http://localhost:8003", keys: []),
    known("chainhub", "https://api.chainhub.tech", keys: ["CHAINHUB_API_KEY"]),
    known("pixazo", "https://gateway.pixazo.ai", keys: ["PIXAZO_API_KEY"]),
    known("apiyi", "https://api.apiyi.com", keys: ["APIYI_API_KEY"]),
    sandbox,
  ]

  /// The provider that draws on this machine.
  package static let sandbox = ProviderProfile(name: sandboxName, dialect: sandboxName)

  /// The dialects a profile of the person's own may speak.
  package static let dialects = builtIn.map(\.dialect).filter { $0 != sandboxName }

  private static func known(_ name: String, _ url: String, keys: [String]) -> ProviderProfile {
    ProviderProfile(name: name, dialect: name, baseURL: BaseURL(url), keyEnvironment: keys)
  }
}
