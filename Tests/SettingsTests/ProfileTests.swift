import Seedream
import Settings
import Testing

/// What a profile changes about its dialect.
@Suite struct ProfileTests {
  private func profile(_ lines: String, named name: String = "home") throws -> ProviderProfile {
    let indented = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    return try ConfigurationFile("providers:\n  \(name):\n" + indented).load().profile(named: name)
  }

  @Test func everyDialectHasAProfileThatSaysNothingOfItsOwn() throws {
    #expect(ProviderProfile.builtIn.map(\.name) == Dialect.builtIn.map(\.name))
    for profile in ProviderProfile.builtIn {
      let dialect = try #require(Dialect.named(profile.name))
      let effective = try #require(profile.effectiveDialect())
      #expect(effective.baseURL == dialect.baseURL)
      #expect(effective.headers == dialect.headers)
      #expect(effective.limits == dialect.limits)
      #expect(profile.keyEnvironment == dialect.keyVariables)
      #expect(profile.isSandbox == dialect.baseURL.isEmpty)
    }
  }

  @Test func addressAndHeadersGoIntoTheRequest() throws {
    let profile = try profile(
      """
      dialect: pixazo
      base_url: https://proxy.example/pixazo/
      headers:
        Cache-Control: max-age=0
        X-Project: red lanterns
      """)
    let dialect = try #require(profile.effectiveDialect())
    #expect(dialect.baseURL == "https://proxy.example/pixazo")
    let wire = try dialect.encode(GenerationRequest(model: "4", prompt: "a"), for: nil)
    #expect(wire.headers.contains(WireRequest.Header("X-Project", "red lanterns")))
    let caching = wire.headers.filter { $0.name == "Cache-Control" }
    #expect(caching.map(\.value) == ["max-age=0"])
    let elsewhere = try #require(BaseURL("http://localhost:9000"))
    #expect(profile.effectiveDialect(at: elsewhere)?.baseURL == "http://localhost:9000")
  }

  @Test func jobsAtOnceAreANumberFromOne() throws {
    #expect(try profile("parallel: 2", named: "apiyi").parallel == 2)
    #expect(try profile("model: seedream-4.5", named: "apiyi").parallel == nil)
    let error = #expect(throws: SettingsError.self) {
      try profile("parallel: 0", named: "apiyi")
    }
    #expect(error?.description.contains("from 1 to 64") == true)
  }

  @Test func limitsLieOverThoseOfTheDialect() throws {
    let profile = try profile(
      """
      limits:
        references: 3
        pictures: 2
        keywords:
          seedream-4.5: [2k]
        largest_pixels:
          seedream-4.5: 5000000
        web_search: on
        families: [seedream-4.5, seedream-5.0-lite]
        leaves_out: tools
      """, named: "apiyi")
    let limits = try #require(profile.effectiveDialect()?.limits)
    #expect(limits.families == [.seedream45, .seedream5Lite])
    #expect(limits.leavesOut == [.webSearch])
    #expect(limits.keywords["seedream-5.0-lite"] == ["2K", "3K"])
    #expect(limits.addressesOnly && limits.seed == true && limits.webSearch == true)
    let model = try #require(ModelCatalogue.builtIn.model(of: .seedream45)?.limited(by: limits))
    #expect(model.references == 0...3)
    #expect(model.maximumPictures == 2)
    #expect(model.sizes.keywords == ["2K"])
    #expect(model.sizes.pixels?.upperBound == 5_000_000)
  }

  @Test func aRestrictionCanBeLifted() throws {
    let profile = try profile(
      """
      limits:
        families: all
        addresses_only: false
        leaves_out: []
      """, named: "apiyi")
    let limits = try #require(profile.effectiveDialect()?.limits)
    #expect(limits.families == nil)
    #expect(!limits.addressesOnly)
    #expect(limits.leavesOut.isEmpty)
    #expect(limits.references == Dialect.apiyi.limits.references)
  }

  @Test func theFamilyStandsBesideEndpointsOnly() throws {
    let profile = try profile("model: ep-1\nfamily: seedream-4.0", named: "ark")
    func family(of model: String, named family: ModelFamily? = nil) -> ModelFamily? {
      profile.namingFamily(of: GenerationRequest(model: model, prompt: "a", family: family)).family
    }
    #expect(family(of: "ep-1") == .seedream40)
    #expect(family(of: "ep-2", named: .seedream45) == .seedream45)
    #expect(family(of: "seedream-4.5") == nil)
  }

  @Test(arguments: [
    "Authorization", "x-api-key", "Ocp-Apim-Subscription-Key", "X-Auth-Token", "Cookie",
    "Proxy-Authorization", "api_key", "APIKEY",
  ])
  func aHeaderThatWouldCarryAKeyIsRefusedWithoutItsValue(_ name: String) {
    let error = #expect(throws: SettingsError.self) {
      try profile("headers:\n  \(name): sk-secret", named: "pixazo")
    }
    #expect(
      error?.description
        == "config.yaml:4: the header '\(name)' would carry a key, and headers are shown: "
        + "give the key by 'key_env', 'key_command' or 'key'")
  }

  @Test(arguments: [
    ("X-Plain: Bearer sk-secret", "the header 'X-Plain' would carry a key"),
    ("Content-Length: 5", "'providers.ark.headers.Content-Length' is written by Darkroom"),
    ("Host: evil", "'providers.ark.headers.Host' is written by Darkroom"),
    ("\"a b\": c", "the header's name 'a b' must have letters, digits"),
    ("X-A: \"b\\r\\nAuthorization: c\"", "'providers.ark.headers.X-A' must be one line"),
    ("X-A: [b]", "'providers.ark.headers.X-A' must be one line"),
    ("X-A: b\n  x-a: c", "the header 'x-a' is named twice"),
  ])
  func aHeaderThatCannotBeSentIsRefused(_ line: String, _ sentence: String) {
    let error = #expect(throws: SettingsError.self) {
      try profile("headers:\n  \(line)", named: "ark")
    }
    #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
    #expect(error?.message.contains("sk-secret") == false)
  }

  @Test(arguments: [
    (
      "family: seedream-4.6", "config.yaml:3: 'providers.ark.family' must be one of", "seedream-4.5"
    ),
    ("header: {}", "config.yaml:3: unknown key 'providers.ark.header'", "headers"),
    (
      "limits:\n  refrences: 1", "config.yaml:4: unknown key 'providers.ark.limits.refrences'",
      "references"
    ),
    (
      "limits:\n  references: many",
      "config.yaml:4: 'providers.ark.limits.references' must be a whole number from 0 to 100", nil
    ),
    (
      "limits:\n  keywords:\n    sedream-4.5: 2K",
      "config.yaml:5: unknown key 'providers.ark.limits.keywords.sedream-4.5'", "seedream-4.5"
    ),
    (
      "limits:\n  keywords:\n    seedream-4.5: [2K, big]",
      "config.yaml:5: 'providers.ark.limits.keywords.seedream-4.5' must be a keyword like 2K", nil
    ),
    (
      "limits:\n  leaves_out: [stream, sed]",
      "config.yaml:4: 'providers.ark.limits.leaves_out' must be one of", "seed"
    ),
  ])
  func aMistakeIsToldWithTheNearestWord(
    _ lines: String, _ sentence: String, _ nearest: String?
  ) {
    let error = #expect(throws: SettingsError.self) { try profile(lines, named: "ark") }
    #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
    #expect(error?.suggestion == nearest)
  }
}
