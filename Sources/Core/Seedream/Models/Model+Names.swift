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

  /// What to send to a site when a user asked for `name`.
  ///
  /// A spelling of that site is kept, because subscription plans know only their own; every other
  /// name of the model becomes the dated id, so that an id of one site never reaches the other. What
  /// is no name of the model, an endpoint whose family was named, is kept as it is.
  public func id(for site: Site, named name: String) -> String {
    let spelling = spelling(for: site)
    let wanted = name.lowercased()
    if let other = spelling.others.first(where: { $0.lowercased() == wanted }) { return other }
    return answers(to: name) ? spelling.id : name
  }

  /// Whether a name, in any case, means this model.
  public func answers(to name: String) -> Bool {
    let wanted = name.lowercased()
    return names.contains { $0.lowercased() == wanted }
  }

  /// Everything the model answers to, the family's name first.
  public var names: [String] {
    let ids = [byteplus.id, volcengine.id].filter { !$0.isEmpty }
    return [family.rawValue] + aliases + ids + byteplus.others + volcengine.others
  }

  /// The most one request can cost; nil where no price is known in the site's currency.
  ///
  /// A keyword counts as its largest size and a set as full, because the model decides both.
  public func highestCost(
    of size: SizeChoice, count: Int, references: Int, on site: Site
  ) -> Money? {
    let request = GenerationRequest(model: family.rawValue, prompt: "", size: size, count: count)
    return Pricing(site: site).highestCost(of: request, for: self, references: references)
  }

  /// The vendor's list in the currency of a site; nil where no price is known.
  public func prices(on site: Site) -> PriceList? {
    let currency: Money.Currency = site == .volcengine ? .cny : .usd
    return prices.first { $0.currency == currency }
  }
}
