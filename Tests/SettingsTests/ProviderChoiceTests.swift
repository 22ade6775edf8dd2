import Settings
import Testing

@Suite struct ProviderChoiceTests {
  @Test func withoutAnyKeyItIsTheSandboxAndSaysWhy() throws {
    let choice = try Settings().chooseProvider(environment: [:])
    #expect(choice.profile.isSandbox)
    #expect("\(choice.reason)" == "no key was found, so pictures are drawn on this machine")
  }

  @Test(arguments: [
    ("ARK_API_KEY", "ark"), ("BYTEPLUS_API_KEY", "byteplus"),
    ("BYTEPLUS_EU_API_KEY", "byteplus-eu"), ("CHAINHUB_API_KEY", "chainhub"),
    ("PIXAZO_API_KEY", "pixazo"), ("APIYI_API_KEY", "apiyi"),
  ])
  func theFirstWithAKeyIsTaken(_ variable: String, _ name: String) throws {
    let choice = try Settings().chooseProvider(environment: [variable: "sk-1"])
    #expect(choice.profile.name == name)
    #expect("\(choice.reason)" == "\(variable) is set")
  }

  @Test func anEmptyVariableIsNoKey() throws {
    #expect(try Settings().chooseProvider(environment: ["ARK_API_KEY": ""]).reason == .noKey)
  }

  @Test func whatIsAskedForGoesBeforeWhatIsConfigured() throws {
    let settings = try ConfigurationFile("provider: pixazo").load()
    let environment = ["ARK_API_KEY": "sk-1"]
    let configured = try settings.chooseProvider(environment: environment)
    #expect(configured.profile.name == "pixazo")
    #expect(configured.reason == .configured)
    let asked = try settings.chooseProvider(named: "sandbox", environment: environment)
    #expect(asked.profile.isSandbox)
    #expect(asked.reason == .asked)
  }

  @Test func anUnknownNameComesWithTheNearest() {
    let error = #expect(throws: SettingsError.self) {
      try Settings().chooseProvider(named: "bytplus", environment: [:])
    }
    #expect(error?.suggestion == "byteplus")
    #expect(error?.description.hasPrefix("unknown provider 'bytplus'") == true)
  }
}
