/// What is known of one model: its names, what it takes, what it costs.
public struct Model: Equatable, Sendable, Codable {
  /// How long the vendor will keep it.
  public enum Lifecycle: String, Equatable, Sendable, Codable {
    case current
    case retiring
    case shutDown
  }

  /// The spellings of one site's wire.
  public struct Spelling: Equatable, Sendable, Codable {
    /// The dated id, sent unless the user named another spelling of the same site; empty where the
    /// site does not offer the model.
    public var id: String
    /// Further spellings that the site takes, such as those of its subscription plans.
    public var others: [String]

    /// An id and its other spellings.
    public init(_ id: String, also others: [String] = []) {
      self.id = id
      self.others = others
    }
  }

  /// The generation, independent of any provider.
  public var family: ModelFamily
  /// The name for people, `Seedream 4.5`.
  public var name: String
  /// Short names a user may type; never sent.
  public var aliases: [String]
  /// On Volcengine Ark.
  public var volcengine: Spelling
  /// On BytePlus ModelArk.
  public var byteplus: Spelling
  /// Whether the vendor still offers it.
  public var lifecycle: Lifecycle
  /// How long it is offered, by `Dialect.place`; places of which nothing is known are missing.
  public var lives: [String: ModelLife]
  /// Keywords, tables and bounds.
  public var sizes: SizeRules
  /// How many reference pictures a request may carry.
  public var references: ClosedRange<Int>
  /// The most pictures one request generates.
  public var maximumPictures: Int
  /// The most references and pictures together; nil where the two limits stand alone.
  public var maximumTogether: Int?
  /// The optional members it takes.
  public var members: MemberSupport
  /// From the usual to the slow, for one picture in seconds; nil where nobody has measured.
  public var secondsPerPicture: ClosedRange<Double>?
  /// Pictures a minute for one account; nil where unknown.
  public var picturesPerMinute: Int?
  /// One list for each currency with a known price.
  public var prices: [PriceList]

  /// Describes a model.
  public init(
    family: ModelFamily, name: String, aliases: [String] = [], volcengine: Spelling,
    byteplus: Spelling, lifecycle: Lifecycle = .current,
    lives: [String: ModelLife] = [:], sizes: SizeRules,
    references: ClosedRange<Int>, maximumPictures: Int = 1, maximumTogether: Int? = nil,
    members: MemberSupport, secondsPerPicture: ClosedRange<Double>? = nil,
    picturesPerMinute: Int? = 500, prices: [PriceList] = []
  ) {
    self.family = family
    self.name = name
    self.aliases = aliases
    self.volcengine = volcengine
    self.byteplus = byteplus
    self.lifecycle = lifecycle
    self.lives = lives
    self.sizes = sizes
    self.references = references
    self.maximumPictures = maximumPictures
    self.maximumTogether = maximumTogether
    self.members = members
    self.secondsPerPicture = secondsPerPicture
    self.picturesPerMinute = picturesPerMinute
    self.prices = prices
  }
}
