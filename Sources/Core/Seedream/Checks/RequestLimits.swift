/// Where a provider takes less, or more, of a model than the vendor does.
public struct RequestLimits: Equatable, Sendable, Codable {
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

  /// Everything left out keeps the model's own limit.
  public init(
    references: Int? = nil, pictures: Int? = nil, keywords: [ModelFamily: [String]] = [:],
    seed: Bool? = nil, stream: Bool? = nil
  ) {
    self.references = references
    self.pictures = pictures
    self.keywords = Dictionary(
      uniqueKeysWithValues: keywords.map { ($0.key.rawValue, $0.value) })
    self.seed = seed
    self.stream = stream
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
    switch limits.seed {
    case true?: model.members.seed = members.seed ?? MemberSupport.anySeed
    case false?: model.members.seed = nil
    case nil: break
    }
    if let stream = limits.stream { model.members.stream = stream }
    return model
  }
}
