/// What a user's catalogue file says about one model: a new one, or what is different about a known
/// one. Everything left nil stays as it is.
///
/// Plain values: nothing is checked before `ModelCatalogue.corrected(by:)`.
public struct ModelCorrection: Equatable, Sendable {
  /// Which model is meant; a family that is not in the catalogue becomes a new model.
  public var family: ModelFamily
  /// For a new model: the family it resembles, whose rules it starts from. Names and prices are its own.
  public var like: ModelFamily?
  /// The name for people.
  public var name: String?
  /// Short names, in place of the known ones.
  public var aliases: [String]?
  /// Spellings on Volcengine Ark, the one to be sent first; an empty list: not offered there.
  public var volcengineIDs: [String]?
  /// Spellings on BytePlus ModelArk, the one to be sent first; an empty list: not offered there.
  public var byteplusIDs: [String]?
  /// Whether the vendor still offers it.
  public var lifecycle: Model.Lifecycle?
  /// How long it is offered, by place; each takes the place of what is known.
  public var lives: [String: ModelLife]?
  /// Keywords with their sizes, in place of the known ones. A keyword without sizes keeps those known.
  public var tiers: [SizeTier]?
  /// The fewest pixels of an exact size.
  public var leastPixels: Int?
  /// The most pixels of an exact size.
  public var mostPixels: Int?
  /// The longest side over the shortest.
  public var longestAspect: Double?
  /// What is asked for when the user says nothing.
  public var standardSize: SizeChoice?
  /// The fewest references.
  public var leastReferences: Int?
  /// The most references.
  public var mostReferences: Int?
  /// The most pictures of one request.
  public var maximumPictures: Int?
  /// The most references and pictures together.
  public var maximumTogether: Int?
  /// Whether sets are drawn.
  public var sequence: Bool?
  /// Whether replies can stream.
  public var stream: Bool?
  /// The formats of `output_format`.
  public var outputFormats: [ImageFormat]?
  /// The ways of `optimize_prompt_options.mode`.
  public var promptOptimizations: [PromptOptimization]?
  /// Whether a seed is taken.
  public var seed: Bool?
  /// Whether a guidance scale, 1–10, is taken.
  public var guidanceScale: Bool?
  /// The sites on which the web is searched.
  public var webSearch: [Site]?
  /// What of a background can be chosen.
  public var background: BackgroundSupport?
  /// The most layers a picture can be split into; 0 where none can.
  public var layers: Int?
  /// The formats of pictures that can be split.
  public var layerFormats: [ImageFormat]?
  /// What is generated where no format is asked for.
  public var standardFormat: ImageFormat?
  /// Pictures a minute for one account.
  public var picturesPerMinute: Int?
  /// Price lists; each takes the place of the known one in its currency.
  public var prices: [PriceList]?

  /// A correction that changes nothing yet.
  public init(of family: ModelFamily) {
    self.family = family
  }
}

/// Why a correction was not taken.
public struct CorrectionProblem: Error, Equatable, Sendable {
  /// The part of the correction that is meant.
  public enum Member: String, Equatable, Sendable {
    case family, like, name, aliases, ids, tiers, pixels, longestAspect, standardSize, references
    case pictures, outputFormats, layers, picturesPerMinute, prices
  }

  /// The place of the correction in its list, counted from zero.
  public var index: Int
  /// The part that is meant.
  public var member: Member
  /// One sentence for a user: what is wrong, and what would be right.
  public var message: String
}
