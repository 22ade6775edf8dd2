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
  let baseURL: BaseURL?
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
      try arguments["config"].map { try Self.absolute($0) } ?? Places.configurationFile(home: home)
    configurationFile = file
    settings = try Settings.load(path: file, mustExist: arguments.has("config"))
    places = Places(
      galleryOption: arguments["gallery"], settings: settings, home: home,
      workingDirectory: here)
    choice = try Self.provider(arguments["provider"], settings)
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

  /// A path as typed, from the root: the service has another working directory.
  static func absolute(_ path: String) throws -> String {
    path.hasPrefix("/") ? path : try FileSystem.realPath(".") + "/" + path
  }

  var gallery: String { places.gallery }
  /// The models, corrected by `models.yaml`.
  var catalogue: ModelCatalogue { settings.catalogue }
  var providerName: String { choice.profile.name }

  /// Says what is wrong with `models.yaml`; what is right in it counts all the same.
  func tellFaults() {
    for fault in settings.models.faults { Console.narrate("darkroom: \(fault)") }
  }

  // MARK: What a request starts with

  /// Whether the command line says who draws; it then goes before what an earlier session chose.
  var providerIsAsked: Bool { choice.reason == .asked || baseURL != nil }

  /// A request as the settings have it, without a prompt; what the model does not take of them is the
  /// model's own choice.
  /// - Parameter name: A model named on the command line.
  func request(model name: String? = nil) -> GenerationRequest {
    let name =
      name ?? choice.profile.model ?? settings.model ?? ModelFamily.seedream45.rawValue
    let model = catalogue.model(named: name)
    var request = GenerationRequest(
      model: name, prompt: "", count: min(settings.count ?? 1, model?.maximumPictures ?? 15),
      watermark: settings.watermark ?? false)
    if let size = settings.size, model?.sizes.allows(size) ?? true {
      request.size = size
    } else if let model {
      request.size = model.sizes.standard
    }
    return request
  }

  /// What `darkroom decode --colors` is told for previews; the terminal's painter maps them down.
  var previewColors: String {
    Environment.value("NO_COLOR").map { $0.isEmpty } ?? true ? "truecolor" : "none"
  }

  /// What `darkroom decode --shapes` is told: sextants only where the terminal draws them itself, since
  /// few fonts have them.
  var previewShapes: String {
    let type = Environment.value("TERM") ?? ""
    let families = ["xterm-kitty", "xterm-ghostty", "foot", "wezterm", "contour", "rio"]
    let isKnown = families.contains { type.hasPrefix($0) }
    let program = Environment.value("TERM_PROGRAM") ?? ""
    let draws = ["WezTerm", "ghostty", "iTerm.app", "kitty", "rio"].contains(program)
    return isKnown || draws || Environment.value("VTE_VERSION") != nil ? "sextants" : "quadrants"
  }

  /// The provider to use; a name that is typed wrong is a wrong use of the program.
  private static func provider(
    _ name: String?, _ settings: Settings
  ) throws -> ProviderChoice {
    guard let name else { return try settings.chooseProvider() }
    do {
      return try settings.chooseProvider(named: name)
    } catch {
      throw UsageError(
        "option --provider: \(error.message)",
        hint: error.suggestion.map { "did you mean '\($0)'?" })
    }
  }

  /// The providers a front end offers, those without a key last.
  var providerItems: [ProviderItem] {
    settings.providers.map { profile in
      let dialect = profile.effectiveDialect()
      return ProviderItem(
        name: profile.name, isSandbox: profile.isSandbox, hasKey: hasKey(profile),
        site: dialect?.site ?? .byteplus, limits: dialect?.limits ?? RequestLimits(),
        chargesListPrices: dialect?.chargesListPrices ?? false, prices: profile.prices)
    }
  }

  private func hasKey(_ profile: ProviderProfile) -> Bool {
    !profile.usesKey || profile.key != nil || profile.keyCommand != nil
      || profile.keyEnvironment.contains { Environment.value($0)?.isEmpty == false }
  }

  // MARK: The service

  /// What is handed to the service to have a request made by a provider of the settings.
  func submission(
    _ request: GenerationRequest, provider: String, trace: String? = nil
  ) async throws -> JobSubmission {
    let profile = try settings.profile(named: provider)
    let url = (provider == providerName ? baseURL : nil) ?? profile.baseURL
    let key = try await profile.resolveKey(for: url)
    return JobSubmission(
      request: profile.namingFamily(of: request),
      provider: ProviderConnection(
        name: profile.name, dialect: profile.dialect, baseURL: url?.description,
        headers: profile.headers, limits: profile.limits, parallel: profile.parallel,
        prices: profile.prices.isEmpty ? nil : profile.prices),
      key: key.secret?.reveal(), trace: trace)
  }

  /// Sends the request of an earlier job once more, as a new job that is paid anew: to the provider of the
  /// command line, else to the one it went to.
  func retry(_ id: String) async throws -> JobStatus {
    let client = try await service()
    let earlier = try await client.job(id)
    let name = choice.reason == .asked ? providerName : earlier.provider
    let again = try await submission(earlier.request, provider: name)
    return try await client.retry(id, provider: again.provider, key: again.key)
  }

  /// The running service of the gallery; starts one where none answers.
  func service() async throws(StudioError) -> StudioClient {
    let client = try await ServiceLauncher(workspace: self).client()
    await handOverKeys(to: client)
    return client
  }

  /// The running service of the gallery; nil where none answers.
  func runningService() async throws(StudioError) -> StudioClient? {
    try await ServiceLauncher(workspace: self).runningClient()
  }
}
