import Posix
import Settings
import TestSupport
import Testing

@Suite struct PlacesTests {
  let home: TemporaryDirectory

  init() throws {
    home = try TemporaryDirectory()
  }

  private func places(
    option: String? = nil, settings: Settings = Settings(), _ environment: [String: String] = [:]
  ) -> Places {
    Places(
      galleryOption: option, settings: settings, environment: environment, home: home.path,
      workingDirectory: home.path("work"))
  }

  @Test func withoutVariablesEverythingLiesBelowHome() {
    let places = places()
    #expect(places.configurationFile == home.path(".config/darkroom/config.yaml"))
    #expect(places.stateDirectory == home.path(".local/state/darkroom"))
    #expect(places.cacheDirectory == home.path(".cache/darkroom"))
    #expect(places.gallery == home.path("Pictures/Darkroom"))
  }

  @Test func theBaseDirectoriesAreObeyedUnlessRelative() {
    let places = places(["XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "s", "XDG_CACHE_HOME": "/k"])
    #expect(places.configurationFile == "/c/darkroom/config.yaml")
    #expect(places.cacheDirectory == "/k/darkroom")
    #expect(places.stateDirectory == home.path(".local/state/darkroom"))
  }

  @Test func optionThenVariableThenFile() {
    var settings = Settings()
    settings.gallery = "~/file"
    let environment = ["DARKROOM_GALLERY": "/variable"]
    #expect(
      places(option: "here", settings: settings, environment).gallery == home.path("work/here"))
    #expect(places(settings: settings, environment).gallery == "/variable")
    #expect(places(settings: settings).gallery == home.path("file"))
  }

  @Test func theSocketLiesInAPrivateDirectoryAndItsPathFits() throws {
    let runtime = home.path("run")
    try FileSystem.createDirectory(runtime, mode: 0o700)
    let path = try places(["XDG_RUNTIME_DIR": runtime]).controlSocket()
    #expect(FileSystem.parent(of: path) == runtime + "/darkroom")
    #expect(try FileInformation(of: runtime + "/darkroom").mode == 0o700)
    #expect(path.utf8.count <= 107)
  }

  @Test func aLongOrOpenDirectoryIsPassedOver() throws {
    let long = home.path(String(repeating: "r", count: 90))
    #expect(try places(["XDG_RUNTIME_DIR": long]).controlSocket().hasPrefix(home.path(".local")))
    let open = home.path("run")
    try FileSystem.createDirectory(open + "/darkroom")
    try FileSystem.setMode(0o777, of: open + "/darkroom")
    #expect(try places(["XDG_RUNTIME_DIR": open]).controlSocket().hasPrefix(home.path(".local")))
  }

  @Test func oneGalleryHasOneSocketHoweverItIsNamed() async throws {
    try FileSystem.createDirectory(home.path("gallery"))
    try FileSystem.createDirectory(home.path("work"))
    let linked = try await Command("ln", ["-s", "gallery", home.path("link")])
      .run(timeLimit: .seconds(20))
    #expect(linked.status.isSuccess)
    let direct = try places(option: home.path("gallery")).controlSocket()
    #expect(try places(option: home.path("link")).controlSocket() == direct)
    #expect(try places(option: "../gallery/").controlSocket() == direct)
    #expect(try places(option: home.path("other")).controlSocket() != direct)
  }

  @Test func theSocketOfAGalleryIsTheSameBeforeAndAfterItExists() throws {
    let places = places(option: home.path("later/gallery"))
    let before = try places.controlSocket()
    try FileSystem.createDirectory(home.path("later/gallery"))
    #expect(try places.controlSocket() == before)
  }
}
