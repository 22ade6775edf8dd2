import Seedream
import Settings
import Testing

/// The `budget:` of a configuration file, and what providers say they charge.
@Suite struct BudgetTests {
  @Test func oneAmountOrAList() throws {
    let budget = try ConfigurationFile(
      "budget: {day: [5 USD, 30.50 cny, 200 pictures], month: 60 USD, run: 1.50 USD, unpriced: allow}"
    ).load().budget
    #expect(
      budget.limits == [
        SpendingLimit(.run, .money(Money(15_000, .usd))),
        SpendingLimit(.day, .money(Money(50_000, .usd))),
        SpendingLimit(.day, .money(Money(305_000, .cny))),
        SpendingLimit(.day, .pictures(200)),
        SpendingLimit(.month, .money(Money(600_000, .usd))),
      ])
    #expect(budget.allowsUnpriced)
    #expect(try ConfigurationFile("count: 1").load().budget == SpendingLimits())
    #expect(try ConfigurationFile("budget: {day: 1 picture}").load().budget.allowsUnpriced == false)
  }

  private static let amount = "an amount like 5 USD, 30 CNY or 200 pictures, or a list of them"

  @Test(arguments: [
    ("budget: {day: 5}", "'budget.day' must be \(amount), not '5'"),
    ("budget: {day: 5 EUR}", "'budget.day' must be \(amount), not '5 EUR'"),
    ("budget: {day: -5 USD}", "'budget.day' must be \(amount), not '-5 USD'"),
    ("budget: {day: 1.00001 USD}", "'budget.day' must be \(amount), not '1.00001 USD'"),
    ("budget: {day: 1.5 pictures}", "'budget.day' must be \(amount), not '1.5 pictures'"),
    ("budget: {day: [5 USD, 6 USD]}", "'budget.day' names USD twice: keep one of them"),
    ("budget: {dya: 5 USD}", "unknown key 'budget.dya'; did you mean 'day'?"),
    ("budget: {unpriced: maybe}", "'budget.unpriced' must be one of allow, refuse, not 'maybe'"),
    ("budget: 5 USD", "'budget' must hold keys with values, not '5 USD'"),
  ])
  func whatIsNoBudgetIsSaid(_ text: String, _ sentence: String) throws {
    let file = try ConfigurationFile(text)
    let error = #expect(throws: SettingsError.self) { try file.load() }
    #expect(error?.description == "config.yaml:1: \(sentence)")
  }

  // MARK: What a provider charges

  private func pricing(_ prices: String) throws -> Pricing {
    let text = "providers:\n  cheap:\n    base_url: https://a.example\n    prices: \(prices)"
    let profile = try ConfigurationFile(text).load().profile(named: "cheap")
    return try #require(profile.effectiveDialect()?.pricing)
  }

  @Test func ownPricesGoBeforeTheList() throws {
    let pricing = try pricing(
      "{seedream-4.5: 0.03 USD, seedream-5.0-pro: {USD: {per_picture: {1000000: 0.01, any: 0.05}}}}"
    )
    func cost(_ name: String, _ size: SizeChoice) -> String? {
      let request = GenerationRequest(model: name, prompt: "a", size: size, count: 2)
      let model = ModelCatalogue.builtIn.model(named: name)
      return pricing.highestCost(of: request, for: model)?.description
    }
    #expect(cost("seedream-4.5", .keyword("2K")) == "$0.06")
    #expect(cost("seedream-5.0-pro", .pixels(width: 900, height: 900)) == "$0.02")
    #expect(cost("seedream-5.0-pro", .keyword("2K")) == "$0.10")
    // The profile speaks the dialect of ark, whose list holds for the rest.
    #expect(cost("seedream-4.0", .keyword("2K")) == "¥0.40")
    #expect(cost("ep-1", .keyword("2K")) == nil)
  }

  @Test func onePriceForAllHoldsForUnknownModelsToo() throws {
    let pricing = try pricing("{all: 0.02 USD}")
    let request = GenerationRequest(model: "ep-1", prompt: "a", count: 3)
    #expect(pricing.highestCost(of: request, for: nil)?.description == "$0.06")
  }

  @Test(arguments: [
    ("{seedream-4.5: cheap}", "an amount like 0.04 USD, or a list of prices, not 'cheap'"),
    ("{seedream-4.5: {USD: {per_picture: {1000: 0.01}}}}", "the last for 'any'"),
    (
      "{all: {USD: {per_picture: 0.01}, CNY: {per_picture: 0.1}}}", "the prices of one currency"
    ),
    ("{sedream-4.5: 1 USD}", "did you mean 'seedream-4.5'?"),
  ])
  func pricesThatMakeNoSenseAreRefused(_ prices: String, _ words: String) {
    let error = #expect(throws: SettingsError.self) { _ = try pricing(prices) }
    #expect(error?.description.hasPrefix("config.yaml:4:") == true)
    #expect(error?.description.contains(words) == true)
  }
}
