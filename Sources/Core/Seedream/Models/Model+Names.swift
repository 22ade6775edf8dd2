extension Model {
  /// The spellings of a site's wire.
  public func spelling(for site: Site) -> Spelling {
    switch site {
    case .volcengine: volcengine
    case .byteplus: byteplus
    }
  }

  /// The dated id on a site.
  public func id(for site: Site) -> String {
    spelling(for: site).id
  }

  /// What to send to a site when a person asked for `name`.
  ///
  /// A spelling of that site is kept, because subscription plans know only their own; anything else
  /// becomes the dated id, so that an id of one site never reaches the other.
  public func id(for site: Site, named name: String) -> String {
    let spelling = spelling(for: site)
    let wanted = name.lowercased()
    return spelling.others.first { $0.lowercased() == wanted } ?? spelling.id
  }

  /// Everything the model answers to, the family's name first.
  public var names: [String] {
    [family.rawValue] + aliases + [byteplus.id, volcengine.id] + byteplus.others
      + volcengine.others
  }

  /// The most one request can cost; nil where no price is known in the site's currency.
  ///
  /// A keyword counts as its largest size and a set as full, because the model decides both.
  public func highestCost(
    of size: SizeChoice, count: Int, references: Int, on site: Site
  ) -> Money? {
    let currency: Money.Currency = site == .volcengine ? .cny : .usd
    guard let list = prices.first(where: { $0.currency == currency }) else { return nil }
    let pixels =
      switch size {
      case .pixels(let width, let height): PixelSize(width, height).pixelCount
      case .keyword(let word): sizes.tier(word)?.largest?.pixelCount ?? .max
      }
    return list.cost(pixels: pixels, count: count, references: references)
  }
}
