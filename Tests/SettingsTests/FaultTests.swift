import Settings
import Testing

/// What is wrong in a configuration file, word for word.
@Suite struct FaultTests {
  /// Whoever mends a file wants to do it once.
  @Test func allMistakesAreToldAtOnce() throws {
    let file = try ConfigurationFile(
      """
      galery: /x
      providr: ark
      size: 2X
      budget:
        day: much
        month: more
        yeer: 1 USD
      providers:
        home:
          dialect: arck
          parallel: none
          bas_url: https://a
        ark:
          family: 4.9
        Work: {}
      provider: home
      """)
    let error = try #require(throws: SettingsError.self) { try file.load() }
    #expect(error.all.map(\.line) == [1, 2, 3, 7, 9, 10, 11, 12, 14, 15])
    #expect(error.all.allSatisfy { $0.others.isEmpty })
    #expect(error.all[0].suggestion == "gallery" && error.all[1].suggestion == "provider")
    #expect(error.description.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ("\n\n\n\n\n\nprovder: ark", "config.yaml:7: unknown key 'provder'; did you mean 'provider'?"),
    ("zebra: 1", "config.yaml:1: unknown key 'zebra'"),
    ("count: many", "config.yaml:1: 'count' must be a whole number from 1 to 15, not 'many'"),
    ("count: 16", "config.yaml:1: 'count' must be a whole number from 1 to 15, not '16'"),
    ("count: [1, 2]", "config.yaml:1: 'count' must be a whole number from 1 to 15, not a list"),
    ("model:", "config.yaml:1: 'model' must be the name of a model, not nothing"),
    ("watermark: maybe", "config.yaml:1: 'watermark' must be true or false, not 'maybe'"),
    ("size: big", "config.yaml:1: 'size' must be a size like 2K or 2048x1536, not 'big'"),
    (
      "gallery: Pictures",
      "config.yaml:1: 'gallery' must be a path that begins with / or ~/, not 'Pictures'"
    ),
    (
      "provider: arc",
      "config.yaml:1: 'provider' must be one of ark, byteplus, byteplus-eu, unified, chainhub, "
        + "pixazo, apiyi, sandbox, not 'arc'; did you mean 'ark'?"
    ),
    ("- ark", "config.yaml:1: the file must hold keys with values, not a list"),
    ("providers: ark", "config.yaml:1: 'providers' must hold keys with values, not 'ark'"),
    (
      "providers:\n  ark:\n    base_uri: x",
      "config.yaml:3: unknown key 'providers.ark.base_uri'; did you mean 'base_url'?"
    ),
    ("providers:\n  home:\n    dialect: ark", "config.yaml:2: 'providers.home' needs a 'base_url'"),
    (
      "providers:\n  home:\n    dialect: arck\n    base_url: https://a",
      "config.yaml:3: 'providers.home.dialect' must be one of ark, byteplus, byteplus-eu, "
        + "unified, chainhub, pixazo, apiyi, not 'arck'; did you mean 'ark'?"
    ),
    (
      "providers:\n  sandbox:\n    model: x",
      "config.yaml:2: 'sandbox' runs inside and has nothing to set"
    ),
    (
      "providers:\n  ark:\n    base_url: https://a.example/v1/images/generations/",
      "config.yaml:3: 'providers.ark.base_url' holds the whole path of a request: leave "
        + "'/images/generations' off, as in https://a.example/v1"
    ),
    ("theme: nord", "config.yaml:1: 'theme' must be terminal, not 'nord'"),
    (
      "theme: treminal",
      "config.yaml:1: 'theme' must be terminal, not 'treminal'; did you mean 'terminal'?"
    ),
    ("model: a\nmodel: b", "config.yaml:2: the key 'model' is already on line 1"),
    ("model: *m", "config.yaml:1: the alias '*m' is not supported: write the value out"),
    (
      "model: \"\\e[31m\"\ncount: \"\\e[0m\"",
      "config.yaml:2: 'count' must be a whole number from 1 to 15, not '␛[0m'"
    ),
  ])
  func theSentenceNamesFileLineKeyAndRemedy(_ text: String, _ sentence: String) throws {
    let file = try ConfigurationFile(text)
    let error = #expect(throws: SettingsError.self) { try file.load() }
    #expect(error?.description == sentence)
  }

  @Test(arguments: [
    "ftp://host", "https://", "https://user:pass@host", "https://host?x=1", "https://host#x",
    "https://ho st", "https://host\\@evil", "https://host:99999", "https://[::1", "//host", "host",
    "http://127.0.0.1%2eevil.com", "https://hôte",
  ])
  func anAddressThatCouldMeanAnotherHostIsRefused(_ address: String) {
    #expect(BaseURL(address) == nil)
  }

  @Test(arguments: [
    ("http://localhost:8003", true), ("http://LOCALHOST", true), ("http://127.0.0.1:1/x", true),
    ("http://[::1]:8003", true), ("http://127.0.0.1.evil.com", false), ("http://127.evil", false),
    ("http://10.0.0.1", false), ("http://localhost.evil.com", false), ("http://[::2]", false),
    ("http://1270.0.0.1", false),
  ])
  func onlyThisMachineIsLoopback(_ address: String, _ isLoopback: Bool) {
    #expect(BaseURL(address)?.isLoopback == isLoopback)
  }

  @Test(arguments: [
    ("provder", "provider"), ("SIZE", "size"), ("coutn", "count"), ("xyz", nil), ("", nil),
    ("thme", "theme"), (String(repeating: "a", count: 5000), nil),
  ])
  func theNearestNameForgivesSlips(_ typed: String, _ nearest: String?) {
    #expect(
      NearestName.of(typed, in: ["provider", "providers", "size", "count", "theme"]) == nearest)
  }
}
