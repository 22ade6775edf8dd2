/// What a user should know of a model that ends, or has ended, where a request goes.
public struct LifeNotice: Equatable, Sendable {
  /// Which model is meant.
  public var family: ModelFamily
  /// One clause without a full stop: what happened, when, and who says so.
  public var words: String
  /// What takes its place there.
  public var successor: ModelFamily?
  /// Whether it is over, rather than going to be.
  public var isOver: Bool
  /// Whether only one source says so, which is not the provider's own list.
  public var isReported: Bool
  /// Whether the provider's own list says so.
  public var isListed = false

  /// Joins a notice.
  public init(
    of family: ModelFamily, _ words: String, successor: ModelFamily? = nil, isOver: Bool,
    isReported: Bool = false
  ) {
    self.isReported = isReported
    self.family = family
    self.words = words
    self.successor = successor
    self.isOver = isOver
  }
}

extension ModelCatalogue {
  /// What is known of the end of a model where a dialect leads; nil where it is offered, as far as anybody
  /// knows.
  ///
  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - listing: What the provider itself has last said it offers: it decides.
  public func lifeNotice(
    of model: Model, at dialect: Dialect, now: Double, listing: ModelListing? = nil
  ) -> LifeNotice? {
    guard let place = dialect.place else { return nil }
    let life = model.lives[place]
    let successor = successor(of: model, at: dialect, now: now)
    func notice(_ words: String, isOver: Bool) -> LifeNotice {
      LifeNotice(of: model.family, words, successor: successor, isOver: isOver)
    }
    func listed(_ words: String, isOver: Bool) -> LifeNotice {
      var notice = notice(words, isOver: isOver)
      notice.isListed = true
      return notice
    }
    if let listing, listing.knowsPictures {
      let asked = "asked on \(listing.day)"
      switch listing.state(of: model, at: dialect) {
      case .offered: return nil
      case .retiring:
        return listed(
          "\(model.name) is being retired at \(place), says its list of models (\(asked))",
          isOver: false)
      case .shutDown:
        return listed(
          "\(model.name) is shut down at \(place), says its list of models (\(asked))", isOver: true
        )
      case .absent:
        return listed(
          "\(model.name) is not in the list of models of \(place) (\(asked))", isOver: true)
      }
    }
    guard let life, let last = life.last else {
      return switch model.lifecycle {
      case .current: nil
      case .retiring: notice("\(model.name) is being retired, says the vendor", isOver: false)
      case .shutDown: notice("\(model.name) is shut down, says the vendor", isOver: true)
      }
    }
    let isOver = life.isOver(at: now)
    let verb =
      switch (life.certainty, isOver) {
      case (.reported, true): "is reported to have ended"
      case (.reported, false): "is reported to end"
      case (.established, true): "has ended"
      case (.established, false): "ends"
      }
    let certainty = life.certainty == .reported ? "one source: " : ""
    return LifeNotice(
      of: model.family,
      "\(model.name) \(verb) at \(place) on \(last.shown) (\(certainty)\(life.source))",
      successor: successor, isOver: isOver, isReported: life.certainty == .reported)
  }

  /// The first model in the line of successors that has not ended there, and that the provider names; nil
  /// where there is none.
  private func successor(of model: Model, at dialect: Dialect, now: Double) -> ModelFamily? {
    guard let place = dialect.place else { return nil }
    var seen: Set<ModelFamily> = [model.family]
    // What the vendor ends everywhere is followed by the same everywhere.
    let elsewhere = model.lives.sorted { $0.key < $1.key }.compactMap(\.value.successor).first
    var next = model.lives[place]?.successor ?? (model.lifecycle == .current ? nil : elsewhere)
    while let family = next, seen.insert(family).inserted, let other = self.model(of: family) {
      let isNamed = dialect.limits.families?.contains(family) ?? true
      if isNamed, other.lives[place]?.isOver(at: now) != true { return family }
      next = other.lives[place]?.successor
    }
    return nil
  }

  /// What a provider generates where nobody names a model: its own standard, unless that has ended there, or is
  /// reported to have; then what follows it, else the first it offers that has not.
  public func standardModel(
    of dialect: Dialect, now: Double, listing: ModelListing? = nil
  ) -> ModelFamily {
    func isOffered(_ model: Model) -> Bool {
      let isNamed = dialect.limits.families?.contains(model.family) ?? true
      return isNamed && !model.id(for: dialect.site).isEmpty && model.lifecycle == .current
        && lifeNotice(of: model, at: dialect, now: now, listing: listing)?.isOver != true
    }
    guard let standard = model(of: dialect.standardModel), !isOffered(standard) else {
      return dialect.standardModel
    }
    if let family = successor(of: standard, at: dialect, now: now), let next = model(of: family),
      isOffered(next)
    {
      return family
    }
    return models.first(where: isOffered)?.family ?? dialect.standardModel
  }

  /// The advice before a request goes to a model that ends: what follows it, and what that would cost.
  public func problem(
    of notice: LifeNotice, for request: GenerationRequest, pricing: Pricing
  ) -> Problem {
    guard let successor = notice.successor.flatMap({ model(of: $0) }) else {
      return Problem(
        .model, "\(notice.words); it is sent as asked for.", severity: .advice)
    }
    var other = request
    other.model = successor.family.rawValue
    if !successor.sizes.allows(other.size) { other.size = successor.sizes.standard }
    let price = pricing.highestCost(of: other, for: successor).map { "at most \($0)" }
    return Problem(
      .model,
      "\(notice.words); \(successor.name) is what is offered there instead "
        + "(\(price ?? "price not known")). It is sent as asked for.",
      suggestions: [successor.family.rawValue], severity: .advice)
  }
}
