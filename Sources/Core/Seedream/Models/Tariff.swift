/// What one provider charges: prices of its own, or those of the vendor's list.
public struct Tariff: Equatable, Sendable {
  /// Whose list holds where no own price is known.
  public var site: Site
  /// Whether the list holds at all; resellers set their own prices.
  public var chargesListPrices: Bool
  /// The provider's own prices by the family of the model, `all` for the families not named.
  public var own: [String: PriceList]

  /// The key of `own` for families that are not named.
  public static let allFamilies = "all"

  /// Joins a site and what is different from its list.
  public init(site: Site, chargesListPrices: Bool = true, own: [String: PriceList] = [:]) {
    self.site = site
    self.chargesListPrices = chargesListPrices
    self.own = own
  }

  /// The prices of a model; nil where none are known.
  ///
  /// - Parameter model: Nil for an endpoint of which nobody has said what it is.
  public func prices(of model: Model?) -> PriceList? {
    if let list = model.flatMap({ own[$0.family.rawValue] }) ?? own[Self.allFamilies] {
      return list
    }
    return chargesListPrices ? model?.prices(on: site) : nil
  }

  /// The most one request can cost; nil where no price is known, and for a split into layers, whose
  /// number only the model knows.
  public func highestCost(of request: GenerationRequest, for model: Model?) -> Money? {
    guard !request.layers, let list = prices(of: model) else { return nil }
    return list.cost(
      pixels: request.size.mostPixels(of: model), count: request.count,
      references: request.references.count)
  }
}

extension SizeChoice {
  /// The most pixels a picture of this size can have: a keyword counts as its largest size, because the
  /// model decides.
  public func mostPixels(of model: Model?) -> Int {
    switch self {
    case .pixels(let width, let height): PixelSize(width, height).pixelCount
    case .keyword(let word): model?.sizes.tier(word)?.largest?.pixelCount ?? .max
    }
  }
}
