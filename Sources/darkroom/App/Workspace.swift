import Gallery
import HTTP
import Interface
import Jobs
import Posix
import Secrets
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
  /// The config file that was read, whether it exists or not.
  let configurationFile: String
  /// How it tells people what it does: never on a terminal that is drawn on.
  var tell = Telling.onStandardError()

  /// - Throws: `SettingsError`, `UsageError` or `PosixError` with a sentence.
  init(_ arguments: Arguments) throws {
    for name in Places.variables { _ = try Environment.text(name) }
    guard let home = ThisProcess.homeDirectory else {
      throw CommandFailure("this user has no home directory: set HOME")
    }
    let file =
      try arguments["config"].map { try Self.absolute($0) } ?? Places.configurationFile(home: home)
    configurationFile = file
    settings = try Settings.load(path: file, mustExist: arguments.has("config"))
    places = try Places(
      galleryOption: arguments["gallery"], settings: settings, home: home,
      workingDirectory: try Self.workingDirectory())
    choice = try Self.provider(arguments["provider"], settings)
    if let text = arguments["base-url"] {
      guard let url = BaseURL(text) else {
        throw UsageError(
          "option --base-url: '\(Redaction.withoutUser(text))' is not an http or https address")
      }
      if let fault = url.fault { throw UsageError("option --base-url: the address \(fault)") }
      // The sandbox draws here and is free: whoever is at an address is somebody else.
      if choice.profile.isSandbox {
        throw UsageError(
          "option --base-url: whose address it is is not said, and the sandbox has none",
          hint: "name the provider that speaks there, as in --provider ark")
      }
      baseURL = url
    } else {
      baseURL = nil
    }
  }

  /// A path as typed, from the root: the service has another working directory.
  static func absolute(_ path: String) throws -> String {
    path.isAbsolutePath ? path : try workingDirectory() + "/" + path
  }

  /// Where relative paths begin.
  static func workingDirectory() throws -> String {
    do {
      return try FileSystem.workingDirectory()
    } catch {
      guard error.code == PosixError.doesNotExist else { throw error }
      throw CommandFailure(
        "the working directory was deleted: go to another one, or type paths that begin with '/'")
    }
  }

  var gallery: String { places.gallery }
  var layout: GalleryLayout { GalleryLayout(root: gallery) }

  /// The gallery for whoever reads it; nothing is opened before it is asked.
  func openGallery() -> GalleryAccess {
    GalleryAccess(layout, thumbnails: places.cacheDirectory + "/previews")
  }

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
  func problems(of request: GenerationRequest) -> [Problem] {
    let profile = choice.profile
    guard let dialect = profile.effectiveDialect(at: baseURL) else { return [] }
    let request = profile.namingFamily(of: request)
    return catalogue.problems(of: request, on: dialect.site, limits: dialect.limits)
      + [lifeProblem(of: request, at: profile)].compactMap(\.self)
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
        chargesListPrices: dialect?.chargesListPrices ?? false, prices: dialect?.prices ?? [:],
        family: profile.family, notices: lifeNotices(at: profile))
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
    let key = try await profile.resolveKey(for: url, hiding: settings.keyVariables)
    return JobSubmission(
      request: profile.namingFamily(of: request),
      provider: ProviderConnection(
        name: profile.name, dialect: profile.dialect, baseURL: url?.description,
        headers: profile.headers, limits: profile.limits, parallel: profile.parallel,
        prices: profile.prices.isEmpty ? nil : profile.prices),
      key: key.secret?.reveal(), trace: trace, fingerprint: .ofOneSend(),
      notices: lifeProblem(of: profile.namingFamily(of: request), at: profile).map { [$0.message] })
  }

  /// Sends the request of an earlier job once more, as a new job that is paid anew: to the provider of the
  /// command line, else to the one it went to.
  ///
  /// - Parameters:
  ///   - asBefore: Whether it goes to the provider it went to, whatever the command line says.
  ///   - paysAnew: Also for pictures that were drawn and can still be fetched.
  ///   - tell: Told what has changed about the request's model since, before it is sent.
  func retry(
    _ id: String, asBefore: Bool = false, paysAnew: Bool = true,
    _ tell: @Sendable (String) -> Void
  ) async throws -> JobStatus {
    let earlier = try await service(.takingJobs).job(id)
    guard !earlier.missesPictures || paysAnew else {
      throw StudioError(
        .notPossible,
        "Pictures of job \(earlier.id) were drawn and paid, and are not here yet: 'darkroom fetch \(earlier.id)' "
          + "fetches them for free, and 'darkroom retry --anew \(earlier.id)' pays again.")
    }
    let name = choice.reason == .asked && !asBefore ? providerName : earlier.provider
    let again = try await submission(earlier.request, provider: name)
    for notice in again.notices ?? [] { tell(notice) }
    return try await handing(joins: false) { client throws(StudioError) in
      try await client.retry(id, provider: again.provider, key: again.key)
    }
  }

  /// Puts another request in the place of the one that waits, with the same provider.
  func edit(_ job: JobStatus, _ request: GenerationRequest) async throws -> JobStatus {
    let request = try request.withCheckedPrompt()
    let named = try settings.profile(named: job.provider).namingFamily(of: request)
    return try await service(sends: true).edit(job.id, request: named)
  }

  /// Makes references smaller, in a process of its own.
  var reducer: ReferenceReducer {
    ReferenceReducer(arguments: ["reduce"])
  }

  /// The running service of the gallery; starts one where none answers.
  ///
  /// - Parameters:
  ///   - sends: Whether the service is to send something; whoever wants it to take jobs means that anyway.
  ///   - onWait: Given what is waited for, once that was told.
  func service(
    _ need: ServiceNeed = .anAnswer, sends: Bool = false,
    onWait: @escaping @Sendable (ServiceWait) async -> Void = { _ in }
  ) async throws(StudioError) -> StudioClient {
    let launcher = ServiceLauncher(workspace: self) { [tell] wait in
      tell(.wait(wait.sentence))
      await onWait(wait)
    }
    let client = try await launcher.client(need)
    if sends || need == .takingJobs, let sentence = await networkDifference(of: client) {
      tell(.network(sentence))
    }
    await handOverKeys(to: client)
    return client
  }

  /// What is to be said of the way the service's requests go; nil where it is the way of this process.
  private func networkDifference(of client: StudioClient) async -> String? {
    (try? await client.greeting()).flatMap { NetworkSettings.difference(of: $0) }
  }

  /// Hands something to a service that takes jobs; one that began to end just then is followed by the
  /// next.
  ///
  /// - Parameter joins: Whether the service knows what it has taken already. Then it is handed over again where
  ///   an answer did not come: nobody can know whether it was taken.
  /// - Throws: `unclear` where that stays so.
  func handing<Value: Sendable>(
    joins: Bool = true, _ body: (StudioClient) async throws(StudioError) -> Value
  ) async throws(StudioError) -> Value {
    var doubt: StudioError?
    var refusal = StudioError(.ending, "The service is ending.")
    for _ in 0..<3 {
      do throws(StudioError) {
        let client = try await service(.takingJobs)
        do {
          return try await body(client)
        } catch {
          switch error.code {
          case .ending: refusal = error
          case .unreachable, .badAnswer, .notAnswering:
            doubt = error
            if !joins || error.code == .notAnswering { break }
            continue
          default: throw error
          }
        }
      } catch {
        guard doubt != nil, [.unreachable, .notAnswering, .badAnswer].contains(error.code) else {
          throw error
        }
      }
      if doubt != nil { break }
    }
    guard let doubt else { throw refusal }
    throw StudioError(
      .unclear,
      "\(doubt.message) The request may have been taken, and may be drawn and billed: 'darkroom jobs' tells."
    )
  }

  /// The running service of the gallery; nil where none answers.
  func runningService() async throws(StudioError) -> StudioClient? {
    try await ServiceLocator(workspace: self).running()?.client
  }
}

extension RequestFingerprint {
  /// One for every send of a person: handed over again it is the same order, and an equal request another.
  static func ofOneSend() -> RequestFingerprint {
    let name = "send-" + Randomness.hexadecimal(byteCount: 16)
    return RequestFingerprint(digest: name, name: name, joinsEqual: false)
  }
}

extension GenerationRequest {
  /// The same request with its prompt cleaned.
  /// - Throws: `refused` where the prompt holds what no prompt may.
  func withCheckedPrompt() throws(StudioError) -> GenerationRequest {
    var request = self
    request.prompt = PromptText.cleaned(prompt)
    do {
      try PromptText.check(request.prompt)
    } catch {
      let sentence = "The prompt \(error.reason)."
      throw StudioError(.refused, sentence, problems: [Problem(.prompt, sentence)])
    }
    return request
  }
}
