import Posix
import Settings
import TestSupport
import Testing

/// Keys: found where they should be, shown nowhere, sent nowhere in the clear.
@Suite(.serialized) struct KeyTests {
  private func profile(_ lines: String, mode: UInt32 = 0o600) throws -> ProviderProfile {
    let indented = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let text = "providers:\n  home:\n    base_url: https://example.org\n" + indented
    return try ConfigurationFile(text, mode: mode).load().profile(named: "home")
  }

  @Test func environmentThenCommandThenFile() async throws {
    let profile = try profile(
      "key_env: HOME_KEY\nkey_command: echo ' from-command '\nkey: from-file")
    let first = try await profile.resolveKey(environment: ["HOME_KEY": "from-variable"])
    #expect(first.secret?.reveal() == "from-variable")
    #expect(first.source == .environment("HOME_KEY"))
    let second = try await profile.resolveKey(environment: [
      "HOME_KEY": "", "PATH": "/bin:/usr/bin",
    ])
    #expect(second.secret?.reveal() == "from-command")
    var without = profile
    without.keyCommand = nil
    let third = try await without.resolveKey(environment: [:])
    #expect(third.secret?.reveal() == "from-file")
    #expect(third.source == .configuration)
  }

  @Test func onlyTheFirstLineOfTheCommandIsTheKey() async throws {
    let profile = try profile(#"key_command: "printf 'sk-1\nuser: me\n'""#)
    #expect(try await profile.resolveKey(environment: [:]).secret?.reveal() == "sk-1")
  }

  @Test func aFailingCommandIsSaidWithoutItsWords() async throws {
    let profile = try profile("key_command: echo sk-secret; echo sk-secret >&2; exit 2")
    let error = await #expect(throws: KeyError.self) {
      try await profile.resolveKey(environment: [:])
    }
    #expect(
      error?.description
        == "the key command of 'home' ended with exit status 2: try it by hand")
  }

  @Test func aCommandThatHangsIsGivenUp() async throws {
    let profile = try profile("key_command: sleep 1000")
    let error = await #expect(throws: KeyError.self) {
      try await profile.resolveKey(environment: Environment.all, timeLimit: .milliseconds(200))
    }
    #expect(error?.code == .commandFailed)
  }

  @Test func noKeySaysWhichVariableToSet() async throws {
    let ark = try Settings().profile(named: "ark")
    let error = await #expect(throws: KeyError.self) { try await ark.resolveKey(environment: [:]) }
    #expect(error?.code == .missing)
    #expect(error?.description.contains("ARK_API_KEY") == true)
  }

  @Test func aKeyWithALineFeedCannotBecomeAHeader() async throws {
    let ark = try Settings().profile(named: "ark")
    let error = await #expect(throws: KeyError.self) {
      try await ark.resolveKey(environment: ["ARK_API_KEY": "sk-1\r\nX-Evil: 1"])
    }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains("sk-1") == false)
  }

  @Test(arguments: [
    ("\"sk-1\"", "quotes"), ("'sk-1'", "quotes"), ("\u{201C}sk-1\u{201D}", "quotes"),
    ("sk-1\n", "line end"), ("sk-1\r", "line end"), ("sk-1\r\n", "line end"), (" sk-1", "space"),
    ("sk-1\t", "space"), ("sk-1\u{A0}", "space"), ("Bearer sk-1", "'Bearer'"),
    ("bearer sk-1", "'Bearer'"), ("Authorization: Bearer sk-1", "'Authorization:'"),
    ("\u{FEFF}sk-1", "byte order mark"), ("sk-1\nsk-2", "more than one line"),
    ("s\u{43A}-1", "copy"),
  ])
  func whatWasCopiedAlongWithAKeyIsTold(_ text: String, _ what: String) async throws {
    let ark = try Settings().profile(named: "ark")
    let error = await #expect(throws: KeyError.self) {
      try await ark.resolveKey(environment: ["ARK_API_KEY": text])
    }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains("ARK_API_KEY") == true)
    #expect(error?.description.contains(what) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("sk-1") == false)
  }

  @Test func aQuotedKeyInTheFileIsToldWithItsLine() throws {
    let error = #expect(throws: SettingsError.self) { try profile("key: \"'sk-1'\"") }
    #expect(error?.line == 4)
    #expect(
      error?.message
        == "the key in 'providers.home.key' has quotes around it: give the key without them")
  }

  @Test func aKeyDoesNotTravelInTheClear() async throws {
    let ark = try Settings().profile(named: "ark")
    let key = ["ARK_API_KEY": "sk-1"]
    let plain = try #require(BaseURL("http://example.org/api"))
    let error = await #expect(throws: KeyError.self) {
      try await ark.resolveKey(for: plain, environment: key)
    }
    #expect(error?.code == .unencrypted)
    let local = try #require(BaseURL("http://localhost:8003"))
    #expect(try await ark.resolveKey(for: local, environment: key).secret?.reveal() == "sk-1")
  }

  @Test func theSandboxNeedsNone() async throws {
    let key = try await ProviderProfile.sandbox.resolveKey(environment: ["ARK_API_KEY": "sk-1"])
    #expect(key.secret == nil)
    #expect(key.source == .notNeeded)
  }

  @Test func aKeyInAFileThatOthersReadIsRefusedWithTheCommandToType() throws {
    let file = try ConfigurationFile(
      "providers:\n  ark:\n    key: sk-secret\n", mode: 0o644)
    let error = #expect(throws: SettingsError.self) { try file.load() }
    #expect(error?.code == .notPrivate)
    #expect(
      error?.description
        == "config.yaml:3: others can read this file and it has a key: type  chmod 600 \(file.path)"
    )
    try FileSystem.setMode(0o600, of: file.path)
    #expect(try file.load().profile(named: "ark").key?.reveal() == "sk-secret")
  }

  @Test func aFileWithoutAKeyMayBeReadByOthers() throws {
    #expect(try ConfigurationFile("count: 2", mode: 0o644).load().count == 2)
  }

  @Test func aSecretIsShownNowhere() throws {
    let secret = try #require(Secret("sk-secret"))
    var profile = ProviderProfile.sandbox
    profile.key = secret
    var dumped = ""
    dump(profile, to: &dumped)
    let shown = ["\(secret)", String(reflecting: secret), "\(profile)", dumped]
    for text in shown { #expect(!text.contains("sk-secret")) }
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(!(secret as Any is any Encodable))
  }
}
