import Seedream

/// Reads a body in the words of an endpoint into a request, and checks it as the client does.
struct RequestReader: Sendable {
  /// The models that can be named.
  var catalogue: ModelCatalogue
  /// Whom the request goes to.
  var dialect: Dialect
  /// What is generated where the body names no model; nil for the provider's own.
  var standardModel: String?
  /// Models that have ended there, or are going to, by family.
  var notices: @Sendable () -> [String: LifeNotice] = { [:] }
  /// Whether several pictures of a model that generates one a request become so many jobs.
  var makesJobs = false

  /// A request that may be sent on, and whether its reply is to come picture by picture.
  struct Reading: Sendable {
    var request: GenerationRequest
    var model: Model?
    /// As the client spelled the model.
    var modelName: String
    var wantsEvents: Bool
  }

  /// - Parameter acceptsEvents: Whether the client says that it reads a stream of events.
  func read(
    _ body: [UInt8], at endpoint: Endpoint, acceptsEvents: Bool = false
  ) throws(Refusal) -> Reading {
    let members = try MemberReader.read(
      body, by: endpoint.members, strangers: endpoint.strangers)
    let misplaced = members.foreign.sorted { $0.key < $1.key }.compactMap {
      fault(of: $0.value, at: endpoint)
    }
    guard members.faults.isEmpty, misplaced.isEmpty else {
      throw Refusal(members.faults + misplaced)
    }
    var request = GenerationRequest(
      model: members.text("model") ?? standardName(at: endpoint),
      prompt: members.text("prompt") ?? "",
      references: members.list("image").map { .url($0) },
      watermark: members.flag("watermark") ?? true,
      responseFormat: members.text("response_format").flatMap { ResponseFormat(rawValue: $0) }
        ?? .url,
      outputFormat: members.text("output_format").flatMap { ImageFormat(rawValue: $0) },
      seed: members.whole("seed"), guidanceScale: members.number("guidance_scale"),
      promptOptimization: members.text("optimize_prompt_options.mode")
        .flatMap { PromptOptimization(rawValue: $0) },
      webSearch: members.list("tools").contains("web_search"),
      background: members.text("background").flatMap { Background(rawValue: $0) },
      layers: members.flag("layer_decomposition") ?? false)
    let model = catalogue.model(of: request)?.limited(by: dialect.limits)
    if let size = members.text("size").flatMap({ SizeChoice($0) }) {
      request.size = size
    } else if let model {
      request.size = model.sizes.standard
    }
    let asksForEvents = members.flag("stream") ?? false
    let wantsEvents =
      asksForEvents
      && (endpoint.refusesUnsupported || endpoint == .unified && acceptsEvents)
    request.streaming = wantsEvents ? .on : .off
    let number = members.whole("n") ?? members.whole("num_images")
    let isSet = members.text("sequential_image_generation") == "auto"
    request.count =
      isSet
      ? members.whole("sequential_image_generation_options.max_images") ?? number
        ?? Self.room(for: model, request) : number ?? 1
    let check = RequestCheck(
      endpoint: endpoint, request: request, model: model, leftOut: dialect.limits.leavesOut,
      makesJobs: makesJobs)
    let faults = check.faults(
      catalogue.problems(of: request, on: dialect.site, limits: dialect.limits), isSet: isSet,
      counts: members.whole("n") != nil ? "n" : nil)
    guard faults.isEmpty else { throw Refusal(faults) }
    return Reading(
      request: request, model: catalogue.model(of: request), modelName: request.model,
      wantsEvents: wantsEvents)
  }

  /// Pixazo's path picks its model: by its sizes and date Seedream 4.0, unless that has ended where requests go.
  func standardName(at endpoint: Endpoint) -> String {
    if let standardModel { return standardModel }
    let isOfPage = endpoint == .edit && endOfEditModel == nil
    return (isOfPage ? .seedream40 : dialect.standardModel).rawValue
  }

  /// The name for people of what is drawn with where a body names no model.
  func nameOfStandard(at endpoint: Endpoint) -> String {
    let name = standardName(at: endpoint)
    return catalogue.model(named: name)?.name ?? name
  }

  /// What keeps the edit endpoint from drawing with the model that its page describes; nil where it does, or
  /// where the user has chosen one.
  var endOfEditModel: LifeNotice? {
    guard standardModel == nil, dialect.standardModel != .seedream40,
      let notice = notices()[ModelFamily.seedream40.rawValue], notice.isOver
    else { return nil }
    return notice
  }

  /// How many pictures a set without a ceiling may have.
  private static func room(for model: Model?, _ request: GenerationRequest) -> Int {
    let together = model == nil ? 15 : model?.maximumTogether
    let left = (together ?? .max) - request.references.count
    return max(1, min(model?.maximumPictures ?? 15, left))
  }
}
