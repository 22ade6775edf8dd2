import Gallery
import HTTP
import Interface
import Posix
import Seedream
import Settings
import Studio

/// What every command starts from: the settings, the gallery, the provider, and the way to the service.
struct Workspace: Sendable {
  let settings: Settings
  let places: Places
  let choice: ProviderChoice
  /// `--base-url`: instead of the chosen provider's own address.
  private let baseURL: BaseURL?
  /// The path of this program.
  let executable: String
  /// The config file that was read, whether it exists or not.
  let configurationFile: String

  /// - Throws: `SettingsError`, `UsageError` or `PosixError` with a sentence.
  init(_ arguments: Arguments) throws {
    guard let home = ThisProcess.homeDirectory else {
      throw CommandFailure("this user has no home directory: set HOME")
    }
    let here = (try? FileSystem.realPath(".")) ?? "/"
    let file =
      arguments["config"].map { $0.hasPrefix("/") ? $0 : here + "/" + $0 }
      ?? Places.configurationFile(home: home)
    configurationFile = file
    settings = try Settings.load(path: file, mustExist: arguments.has("config"))
    places = Places(
      galleryOption: arguments["gallery"], settings: settings, home: home,
      workingDirectory: here)
    choice = try settings.chooseProvider(named: arguments["provider"])
    if let text = arguments["base-url"] {
      guard let url = BaseURL(text) else {
        throw UsageError("option --base-url: '\(text)' is not an http or https address")
      }
      baseURL = url
    } else {
      baseURL = nil
    }
    executable = try ThisProcess.executablePath()
  }

  var gallery: String { places.gallery }
  var providerName: String { choice.profile.name }

  // MARK: What a request starts with

  var defaultModel: String {
    choice.profile.model ?? settings.model ?? ModelFamily.seedream45.rawValue
  }
  var defaultSize: SizeChoice? { settings.size }
  var defaultCount: Int { settings.count ?? 1 }
  var defaultWatermark: Bool { settings.watermark ?? false }

  /// What `darkroom decode --colors` is told for previews on this terminal.
  var previewColors: String {
    Environment.value("NO_COLOR").map { $0.isEmpty } ?? true ? "256" : "none"
  }

  /// The providers a front end offers, those without a key last.
  var providerItems: [ProviderItem] {
    settings.providers.map { profile in
      let dialect = Dialect.named(profile.dialect)
      return ProviderItem(
        name: profile.name, isSandbox: profile.isSandbox, hasKey: hasKey(profile),
        site: dialect?.site ?? .byteplus, limits: dialect?.limits ?? RequestLimits())
    }
  }

  private func hasKey(_ profile: ProviderProfile) -> Bool {
    !profile.usesKey || profile.key != nil || profile.keyCommand != nil
      || profile.keyEnvironment.contains { Environment.value($0)?.isEmpty == false }
  }

  // MARK: The service

  /// What is handed to the service to have a request made by a provider of the settings.
  func submission(_ request: GenerationRequest, provider: String) async throws -> JobSubmission {
    let profile = try settings.profile(named: provider)
    let url = (provider == providerName ? baseURL : nil) ?? profile.baseURL
    let key = try await profile.resolveKey(for: url)
    return JobSubmission(
      request: request,
      provider: ProviderConnection(
        name: profile.name, dialect: profile.dialect, baseURL: url?.description),
      key: key.secret?.reveal())
  }

  /// The running service of the gallery; starts one where none answers.
  func service() async throws(StudioError) -> StudioClient {
    try await ServiceLauncher(workspace: self).client()
  }

  /// The running service of the gallery; nil where none answers.
  func runningService() async throws(StudioError) -> StudioClient? {
    try await ServiceLauncher(workspace: self).runningClient()
  }
}
