package import Seedream

/// How a gateway behaves.
package struct GatewayOptions: Sendable {
  /// The models that can be named.
  package var catalogue: ModelCatalogue
  /// What is generated where a request names no model; nil for the provider's own.
  package var standardModel: String?
  /// Models that have ended at the provider or are going to, by family: for the lists of models, and said
  /// beside every reply. Asked anew each time, since a gateway may run for months.
  package var notices: @Sendable () -> [String: LifeNotice] = { [:] }
  /// Who may ask; nil lets everybody in, which only a loopback address allows.
  package var keys: KeyRing?
  /// Names under which it is reached, beside those of this machine, where there are no keys.
  package var hosts: [String]
  /// A larger body is answered with 413.
  package var maximumBodyBytes: Int
  /// What the bodies of all requests under way may have together; one that finds no room is answered with 503.
  package var allBodiesBytes: Int { max(256 << 20, maximumBodyBytes) }
  /// After how many seconds without a byte an unfinished request is answered with 408.
  package var idleSeconds: Int
  /// Whether a request that equals one of the same client, recorded and under way, or just answered with an
  /// unknown outcome, is taken for a further try; those that the client's library counts are anyhow.
  package var joinsEqual: Bool
  /// How many connections one address may have; nil for 3072 of all 4096. Beyond, those that have sent no
  /// whole request for longest go.
  package var connectionsPerAddress: Int?
  /// Name and version of the program, for the description and the provider.
  package var program: String

  package init(
    catalogue: ModelCatalogue = .builtIn, standardModel: String? = nil, keys: KeyRing? = nil,
    hosts: [String] = [], maximumBodyBytes: Int = 64 << 20, idleSeconds: Int = 60,
    joinsEqual: Bool = true, connectionsPerAddress: Int? = nil, program: String = "darkroom"
  ) {
    self.joinsEqual = joinsEqual
    self.catalogue = catalogue
    self.standardModel = standardModel
    self.keys = keys
    self.hosts = hosts
    self.maximumBodyBytes = maximumBodyBytes
    self.idleSeconds = idleSeconds
    self.connectionsPerAddress = connectionsPerAddress
    self.program = program
  }
}
