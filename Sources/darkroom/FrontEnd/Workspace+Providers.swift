import App
import Interface
import Posix
import Seedream
import Settings

extension Workspace {
  /// The providers a front end offers, those without a key last.
  var providerItems: [ProviderItem] {
    settings.providers.map { profile in
      let dialect = profile.effectiveDialect()
      return ProviderItem(
        name: profile.name, isSandbox: profile.isSandbox, hasKey: hasKey(profile),
        site: dialect?.site ?? .byteplus, limits: dialect?.limits ?? RequestLimits(),
        chargesListPrices: dialect?.chargesListPrices ?? false, prices: dialect?.prices ?? [:],
        family: profile.family, notices: lifeNotices(at: profile))
    }
  }

  private func hasKey(_ profile: ProviderProfile) -> Bool {
    !profile.usesKey || profile.key != nil || profile.keyCommand != nil
      || profile.keyEnvironment.contains { Environment.value($0)?.isEmpty == false }
  }
}
