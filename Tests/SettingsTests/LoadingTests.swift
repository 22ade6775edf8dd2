import FoundationEssentials
import Glibc
import Posix
import Seedream
import Settings
import TestSupport
import Testing

@Suite struct LoadingTests {
  @Test func everyKeyIsRead() throws {
    let settings = try ConfigurationFile(
      """
      gallery: ~/Bilder
      provider: home
      model: seedream-4.5
      size: 2048x1536
      watermark: yes
      count: 4
      theme: terminal
      providers:
        home:
          dialect: unified
          base_url: http://127.0.0.1:9000/
          key_env: [HOME_KEY, OTHER_KEY]
          key_command: pass show home
          model: ep-1
      """
    ).load()
    #expect(settings.gallery == "~/Bilder")
    #expect(settings.model == "seedream-4.5")
    #expect(settings.size == .pixels(width: 2048, height: 1536))
    #expect(settings.watermark == true)
    #expect(settings.count == 4)
    #expect(settings.theme == "terminal")
    let home = try settings.chooseProvider(environment: [:]).profile
    #expect(home.name == "home")
    #expect(home.dialect == "unified")
    #expect(home.baseURL?.text == "http://127.0.0.1:9000")
    #expect(home.keyEnvironment == ["HOME_KEY", "OTHER_KEY"])
    #expect(home.keyCommand == "pass show home")
    #expect(home.model == "ep-1")
  }

  @Test func anAbsentFileIsAnEmptyOneUnlessSomebodyTypedIt() throws {
    let path = try TemporaryDirectory().path("config.yaml")
    #expect(try Settings.load(path: path) == Settings())
    let error = #expect(throws: SettingsError.self) {
      try Settings.load(path: path, mustExist: true)
    }
    #expect(error?.code == .unreadable)
    #expect(error?.message.contains("no such file or directory") == true)
  }

  @Test(arguments: ["", "# nothing yet\n", "---\n"])
  func anEmptyFileIsFine(_ text: String) throws {
    #expect(try ConfigurationFile(text).load() == Settings())
  }

  @Test func aBuiltInProviderIsChangedInPart() throws {
    let settings = try ConfigurationFile(
      """
      providers:
        byteplus:
          base_url: https://ark.eu-west.bytepluses.com/api/v3
        apiyi:
      """
    ).load()
    let changed = try settings.profile(named: "byteplus")
    #expect(changed.baseURL?.host == "ark.eu-west.bytepluses.com")
    #expect(changed.keyEnvironment.contains("ARK_API_KEY"))
    #expect(changed.dialect == "byteplus")
    #expect(settings.providers.count == ProviderProfile.builtIn.count)
  }

  @Test func aDirectoryInPlaceOfTheFileIsSaid() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: SettingsError.self) { try Settings.load(path: directory.path) }
    #expect(error?.message.contains("is a directory") == true)
  }

  @Test(arguments: ["config.yaml", "models.yaml"])
  func aLinkThatLeadsNowhereIsNoAbsentFile(_ name: String) throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: directory.path(name), withDestinationPath: directory.path("unplugged/file"))
    let error = #expect(throws: SettingsError.self) {
      try Settings.load(path: directory.path("config.yaml"))
    }
    #expect(error?.message.contains("\(name) is a link that leads nowhere") == true)
  }

  @Test func aDirectoryThatIsALinkToNowhereIsSaidToo() throws {
    let directory = try TemporaryDirectory()
    try FileManager.default.createSymbolicLink(
      atPath: directory.path("darkroom"), withDestinationPath: directory.path("unplugged"))
    let error = #expect(throws: SettingsError.self) {
      try Settings.load(path: directory.path("darkroom/config.yaml"))
    }
    #expect(error?.message.contains("darkroom is a link that leads nowhere") == true)
  }

  @Test func aPipeIsNoEmptyFile() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("config.yaml")
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let error = #expect(throws: SettingsError.self) { try Settings.load(path: path) }
    #expect(error?.message.contains("is a pipe") == true)
    #expect(try Settings.load(path: "/dev/null", mustExist: true) == Settings())
  }
}
