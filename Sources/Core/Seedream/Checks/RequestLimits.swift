/// Where a provider takes less, or more, of a model than the vendor does.
public struct RequestLimits: Equatable, Sendable, Codable {
  /// An optional member of a request; the raw value is its name on the wire.
  public enum Member: String, Equatable, Hashable, Sendable, Codable, CaseIterable {
    case outputFormat = "output_format"
    case stream
    case seed
    case guidanceScale = "guidance_scale"
    case promptOptimization = "optimize_prompt_options"
    case webSearch = "tools"
    case background
    case layers = "layer_decomposition"
  }

  /// The most references; nil keeps the model's limit.
  public var references: Int?
  /// The most pictures of one request; nil keeps the model's limit.
  public var pictures: Int?
  /// The keywords offered for a family; families not named keep theirs.
  public var keywords: [String: [String]]
  /// Whether a seed is taken whatever the model; nil keeps the model's word.
  public var seed: Bool?
  /// Whether replies can stream whatever the model; nil keeps the model's word.
  public var stream: Bool?
  /// Whether models that search the web on one site do so here; nil keeps the model's word. `true` is
  /// the flag for BytePlus, whose pages do not describe it.
  public var webSearch: Bool?
  /// The families the provider's pages name; nil for all. Others are sent with a warning.
  public var families: [ModelFamily]?
  /// The most pixels of one picture for a family; families not named keep theirs.
  public var largestPixels: [String: Int]
  /// Whether the provider's pages name web addresses as the only form of a reference.
  public var addressesOnly: Bool
  /// Whether references on private hosts are taken, because the provider asks none of them; nil for no.
  public var privateReferences: Bool?
  /// Members that the provider does not take, whatever the model.
  public var leavesOut: [Member]
  /// The only families whose background can be chosen here and whose pictures can be split; nil for all that
  /// can.
  public var edits: [ModelFamily]?

  /// Everything left out keeps the model's own limit.
  public init(
    references: Int? = nil, pictures: Int? = nil, keywords: [ModelFamily: [String]] = [:],
    seed: Bool? = nil, stream: Bool? = nil, webSearch: Bool? = nil,
    families: [ModelFamily]? = nil, largestPixels: [ModelFamily: Int] = [:],
    addressesOnly: Bool = false, privateReferences: Bool? = nil, leavesOut: [Member] = [],
    edits: [ModelFamily]? = nil
  ) {
    self.references = references
    self.pictures = pictures
    self.keywords = Dictionary(
      uniqueKeysWithValues: keywords.map { ($0.key.rawValue, $0.value) })
    self.seed = seed
    self.stream = stream
    self.webSearch = webSearch
    self.families = families
    self.largestPixels = Dictionary(
      uniqueKeysWithValues: largestPixels.map { ($0.key.rawValue, $0.value) })
    self.addressesOnly = addressesOnly
    self.privateReferences = privateReferences
    self.leavesOut = leavesOut
    self.edits = edits
  }
}

extension Model {
  /// The model as one provider offers it: what a form should show and a check should hold to.
  public func limited(by limits: RequestLimits) -> Model {
    var model = self
    if let most = limits.references {
      let highest = min(references.upperBound, max(0, most))
      model.references = min(references.lowerBound, highest)...highest
    }
    if let most = limits.pictures { model.maximumPictures = min(maximumPictures, max(1, most)) }
    if let offered = limits.keywords[family.rawValue] {
      model.sizes.tiers = sizes.tiers.filter { offered.contains($0.keyword) }
    }
    if let most = limits.largestPixels[family.rawValue], let pixels = sizes.pixels {
      model.sizes.pixels = pixels.lowerBound...max(pixels.lowerBound, min(pixels.upperBound, most))
    }
    if let searches = limits.webSearch, !members.webSearch.isEmpty {
      model.members.webSearch = searches ? Site.allCases : []
    }
    switch limits.seed {
    case true?: model.members.seed = members.seed ?? MemberSupport.anySeed
    case false?: model.members.seed = nil
    case nil: break
    }
    if let stream = limits.stream { model.members.stream = stream }
    if let edits = limits.edits, !edits.contains(family) {
      model.members.background = .none
      model.members.layers = nil
    }
    return model
  }
}
