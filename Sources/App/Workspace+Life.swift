import Posix
package import Seedream
package import Settings

// Which models have ended where, by the clock of this machine and by what providers last said themselves.
extension Workspace {
  /// What the chosen address of a provider leads to.
  private func dialect(of profile: ProviderProfile) -> Dialect? {
    profile.effectiveDialect(at: profile.name == providerName ? baseURL : nil)
  }

  /// The model of a request as the chosen provider offers it.
  package func offeredModel(of request: GenerationRequest) -> Model? {
    let profile = choice.profile
    let limits = dialect(of: profile)?.limits ?? RequestLimits()
    return catalogue.model(of: profile.namingFamily(of: request))?.limited(by: limits)
  }

  /// What a provider draws where nobody names a model: one that has not ended there.
  package func standardFamily(of profile: ProviderProfile) -> ModelFamily? {
    dialect(of: profile).map {
      catalogue.standardModel(
        of: $0, now: SystemClock.secondsSince1970,
        listing: ListingFile(workspace: self, profile: profile).read())
    }
  }

  /// What is known of the ends of models at a provider, by family.
  package func lifeNotices(at profile: ProviderProfile) -> [String: LifeNotice] {
    lifeNoticesOfNow(at: profile)()
  }

  /// The same whenever it is asked, by the clock of then and the list that the provider has given until now.
  package func lifeNoticesOfNow(
    at profile: ProviderProfile
  ) -> @Sendable () -> [String: LifeNotice] {
    guard let dialect = dialect(of: profile), dialect.place != nil else { return { [:] } }
    let listing = ListingFile(workspace: self, profile: profile).read()
    return { [catalogue] in
      let now = SystemClock.secondsSince1970
      var notices: [String: LifeNotice] = [:]
      for model in catalogue.models where !model.id(for: dialect.site).isEmpty {
        notices[model.family.rawValue] = catalogue.lifeNotice(
          of: model, at: dialect, now: now, listing: listing)
      }
      return notices
    }
  }

  /// What is to be said of a request's model before it is sent; nil where it is offered there.
  package func lifeProblem(of request: GenerationRequest, at profile: ProviderProfile) -> Problem? {
    guard let dialect = dialect(of: profile), let model = catalogue.model(of: request) else {
      return nil
    }
    let listing = ListingFile(workspace: self, profile: profile).read()
    let now = SystemClock.secondsSince1970
    if let notice = catalogue.lifeNotice(of: model, at: dialect, now: now, listing: listing) {
      return catalogue.problem(of: notice, for: request, pricing: dialect.pricing)
    }
    // Nobody named a model, and it is not the one that was drawn with before.
    guard profile.name == providerName, model.family != dialect.standardModel,
      request.model == model.family.rawValue, standardModel == request.model,
      catalogue.standardModel(of: dialect, now: now, listing: listing) == model.family,
      let usual = catalogue.model(of: dialect.standardModel),
      let end = catalogue.lifeNotice(of: usual, at: dialect, now: now, listing: listing)
    else { return nil }
    return Problem(
      .model, "\(end.words): where no model is named, \(model.name) draws.", severity: .advice)
  }
}
