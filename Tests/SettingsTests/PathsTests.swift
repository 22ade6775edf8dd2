import Posix
import Settings
import TestSupport
import Testing

@Suite struct PathsTests {
  let home: TemporaryDirectory

  init() throws {
    home = try TemporaryDirectory()
  }

  private func paths(
    option: String? = nil, settings: Settings = Settings(), _ environment: [String: String] = [:]
  ) -> Paths {
    Paths(
      galleryOption: option, settings: settings, environment: environment, home: home.path,
      workingDirectory: home.path("work"))
  }

  @Test func withoutVariablesEverythingLiesBelowHome() {
    let paths = paths()
    #expect(paths.configurationFile == home.path(".config/darkroom/config.yaml"))
    #expect(paths.stateDirectory == home.path(".local/state/darkroom"))
    #expect(paths.cacheDirectory == home.path(".cache/darkroom"))
    #expect(paths.gallery == home.path("Pictures/Darkroom"))
  }

  @Test func theBaseDirectoriesAreObeyedUnlessRelative() {
    let paths = paths(["XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "s", "XDG_CACHE_HOME": "/k"])
    #expect(paths.configurationFile == "/c/darkroom/config.yaml")
    #expect(paths.cacheDirectory == "/k/darkroom")
    #expect(paths.stateDirectory == home.path(".local/state/darkroom"))
  }

  @Test func optionThenVariableThenFile() {
    var settings = Settings()
    settings.gallery = "~/file"
    let environment = ["DARKROOM_GALLERY": "/variable"]
    #expect(
      paths(option: "here", settings: settings, environment).gallery == home.path("work/here"))
    #expect(paths(settings: settings, environment).gallery == "/variable")
    #expect(paths(settings: settings).gallery == home.path("file"))
  }

  @Test func theSocketLiesInAPrivateDirectoryAndItsPathFits() throws {
    let runtime = home.path("run")
    try FileSystem.createDirectory(runtime, mode: 0o700)
    let path = try paths(["XDG_RUNTIME_DIR": runtime]).controlSocket()
    #expect(FileSystem.parent(of: path) == runtime + "/darkroom")
    #expect(try FileInformation(of: runtime + "/darkroom").mode == 0o700)
    #expect(path.utf8.count <= 107)
  }

  @Test func aLongOrOpenDirectoryIsPassedOver() throws {
    let long = home.path(String(repeating: "r", count: 90))
    #expect(try paths(["XDG_RUNTIME_DIR": long]).controlSocket().hasPrefix(home.path(".local")))
    let open = home.path("run")
    try FileSystem.createDirectory(open + "/darkroom")
    try FileSystem.setMode(0o777, of: open + "/darkroom")
    #expect(try paths(["XDG_RUNTIME_DIR": open]).controlSocket().hasPrefix(home.path(".local")))
  }

  @Test func oneGalleryHasOneSocketHoweverItIsNamed() async throws {
    try FileSystem.createDirectory(home.path("gallery"))
    try FileSystem.createDirectory(home.path("work"))
    let linked = try await ProcessSpec("ln", ["-s", "gallery", home.path("link")])
      .run(timeLimit: .seconds(20))
    #expect(linked.status.isSuccess)
    let direct = try paths(option: home.path("gallery")).controlSocket()
    #expect(try paths(option: home.path("link")).controlSocket() == direct)
    #expect(try paths(option: "../gallery/").controlSocket() == direct)
    #expect(try paths(option: home.path("other")).controlSocket() != direct)
  }

  @Test func theSocketOfAGalleryIsTheSameBeforeAndAfterItExists() throws {
    let paths = paths(option: home.path("later/gallery"))
    let before = try paths.controlSocket()
    try FileSystem.createDirectory(home.path("later/gallery"))
    #expect(try paths.controlSocket() == before)
  }
}
