package import Seedream

/// A provider the user can choose, as the configuration names it.
package struct ProviderItem: Equatable, Sendable {
  /// The name in the configuration, `ark`.
  package var name: String
  /// Whether its pictures are drawn locally and cost nothing.
  package var isSandbox: Bool
  /// Whether a key was found for it; a provider that needs none has one.
  package var hasKey: Bool
  /// Whose model ids and rules it follows.
  package var site: Site
  /// Where it takes less, or more, of a model than the vendor.
  package var limits: RequestLimits
  /// Whether the vendor's list prices of `site` hold; resellers set their own.
  package var chargesListPrices: Bool
  /// Its own prices by family, as `Pricing.own` has them.
  package var prices: [String: PriceList]
  /// Which model its endpoints (`ep-…`) are, where the user has said so.
  package var family: ModelFamily?
  /// Models that have ended there or are going to, by family.
  package var notices: [String: LifeNotice]

  package init(
    name: String, isSandbox: Bool = false, hasKey: Bool = true, site: Site = .byteplus,
    limits: RequestLimits = RequestLimits(), chargesListPrices: Bool = true,
    prices: [String: PriceList] = [:],
    family: ModelFamily? = nil, notices: [String: LifeNotice] = [:]
  ) {
    self.name = name
    self.isSandbox = isSandbox
    self.hasKey = hasKey
    self.site = site
    self.limits = limits
    self.chargesListPrices = chargesListPrices
    self.prices = prices
    self.family = family
    self.notices = notices
  }

  /// What it charges.
  var pricing: Pricing { Pricing(site: site, chargesListPrices: chargesListPrices, own: prices) }
}
