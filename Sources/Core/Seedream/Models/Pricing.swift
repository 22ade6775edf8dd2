/// What one provider charges: prices of its own, or those of the vendor's list.
public struct Pricing: Equatable, Sendable {
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

  /// The most one request can cost; nil where no price is known. A split into layers counts as many as
  /// there may be.
  ///
  /// - Parameter references: How many the request has, where it does not carry them yet.
  public func highestCost(
    of request: GenerationRequest, for model: Model?, references: Int? = nil
  ) -> Money? {
    let requests = request.requests(of: model)
    if requests > 1 {
      var one = request
      one.count = 1
      return highestCost(of: one, for: model, references: references).map {
        Money($0.tenThousandths * requests, $0.currency)
      }
    }
    guard let list = prices(of: model), let count = request.mostPictures(of: model) else {
      return nil
    }
    let pixels = request.size.mostPixels(of: model)
    return list.cost(
      drawn: Array(repeating: pixels, count: max(0, count)), as: request.priceKind,
      references: references ?? request.references.count)
  }
}

extension Pricing {
  /// The part of the highest cost that is paid once, however many pictures come; nil where no price is known.
  public func costOfReferences(of request: GenerationRequest, for model: Model?) -> Money? {
    prices(of: model).map { Money($0.cost(ofReferences: request.references.count), $0.currency) }
  }
}

extension GenerationRequest {
  /// At which of a list's prices its pictures are.
  public var priceKind: PriceList.Kind {
    if layers { return .layer }
    if case .pixels = size { return .exactPicture }
    return .picture
  }

  /// For how many pictures money is set aside; nil for a split whose model is not known. A user's own
  /// limit counts as said: what a provider generates beyond it is paid all the same.
  public func mostPictures(of model: Model?) -> Int? {
    guard layers else { return count }
    guard let most = model?.members.layers?.most else { return nil }
    return 1 + min(layerLimit ?? most, most)
  }

  /// The most pictures that can come of it, whatever was set aside; nil for a split whose model is not known.
  public func possiblePictures(of model: Model?) -> Int? {
    layers ? model?.members.layers?.mostPictures : count
  }

  /// How many requests it takes: a model that generates one picture a request is asked as often as pictures are
  /// wanted.
  public func requests(of model: Model?) -> Int {
    guard count > 1, !layers, let model, !model.drawsSets else { return 1 }
    return count
  }
}

extension Model {
  /// Whether several pictures can come of one request.
  public var drawsSets: Bool { members.sequence && maximumPictures > 1 }

  /// How many pictures can be asked for at once, in one request or in several.
  public var mostAtOnce: Int { drawsSets ? maximumPictures : 15 }
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
