package import Gallery
import Posix
package import Seedream
package import Settings
package import Studio

/// What every command starts from: the settings, the gallery, the provider, and the way to the service.
package struct Workspace: Sendable {
  package let settings: Settings
  package let paths: Paths
  package let choice: ProviderChoice
  /// `--base-url`: instead of the chosen provider's own address.
  package let baseURL: BaseURL?
  /// The config file that was read, whether it exists or not.
  package let configurationFile: String
  /// How it tells people what it does: never on a terminal that is drawn on.
  package var tell: @Sendable (Telling) -> Void
  /// How the service is started: this very program, but in tests another.
  var serviceProgram: @Sendable ([String]) -> ProcessSpec = { .thisProgram($0) }

  package init(
    settings: Settings, paths: Paths, choice: ProviderChoice, baseURL: BaseURL?,
    configurationFile: String, tell: @escaping @Sendable (Telling) -> Void
  ) {
    self.settings = settings
    self.paths = paths
    self.choice = choice
    self.baseURL = baseURL
    self.configurationFile = configurationFile
    self.tell = tell
  }

  package var gallery: String { paths.gallery }
  package var layout: GalleryLayout { GalleryLayout(root: gallery) }

  /// The gallery for whoever reads it; nothing is opened before it is asked.
  package func openGallery() -> GalleryAccess {
    GalleryAccess(layout, thumbnails: paths.cacheDirectory + "/previews")
  }

  /// The models, corrected by `models.yaml`.
  package var catalogue: ModelCatalogue { settings.catalogue }
  package var providerName: String { choice.profile.name }

  /// Whether nobody is paid for what a provider draws: it is the sandbox.
  package func isFree(providerNamed name: String) -> Bool {
    (try? settings.profile(named: name))?.isSandbox ?? false
  }

  // MARK: What a request starts with

  /// Whether the command line says who draws; it then goes before what an earlier session chose.
  package var providerIsAsked: Bool { choice.reason == .asked || baseURL != nil }

  /// A request as the settings have it, without a prompt; what the model does not take of them is the
  /// model's own choice.
  /// - Parameter name: A model named on the command line.
  package func request(model name: String? = nil) -> GenerationRequest {
    let name = name ?? standardModel
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

  /// The model of a request that names none: the profile's, the environment's, the settings', or what the
  /// provider draws. A model of the settings that the provider does not offer gives way.
  var standardModel: String {
    let dialect = choice.profile.effectiveDialect()
    let variable = dialect?.modelVariable.flatMap { Environment.value($0) } ?? ""
    if let name = choice.profile.model { return name }
    if !variable.isEmpty { return variable }
    if let name = settings.model {
      let family = catalogue.model(named: name)?.family
      let isOffered = family.flatMap { dialect?.limits.families?.contains($0) } ?? true
      if isOffered { return name }
    }
    return (standardFamily(of: choice.profile) ?? .seedream45).rawValue
  }

  /// What the chosen provider would refuse of a request, or leave out, as far as it shows without the
  /// files; nothing where its dialect is unknown.
  package func problems(of request: GenerationRequest) -> [Problem] {
    let profile = choice.profile
    guard let dialect = profile.effectiveDialect(at: baseURL) else { return [] }
    let request = profile.namingFamily(of: request)
    return catalogue.problems(of: request, on: dialect.site, limits: dialect.limits)
      + [lifeProblem(of: request, at: profile)].compactMap(\.self)
  }

  /// Makes references smaller, in a process of its own.
  package var reducer: ReferenceReducer {
    ReferenceReducer(arguments: ["reduce"])
  }
}
