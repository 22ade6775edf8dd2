import App
import Gallery
import Posix
import Seedream

/// Makes the request from what was typed.
struct GenerateOptions {
  private let arguments: Arguments
  private let workspace: Workspace

  init(_ arguments: Arguments, _ workspace: Workspace) {
    self.arguments = arguments
    self.workspace = workspace
  }

  static let specs: [OptionSpec] = [
    .value("model", "ID", short: "m", "a name of 'darkroom models', or an endpoint ep-…"),
    .value("size", "SIZE", short: "s", "2K, 4K … or WIDTHxHEIGHT in pixels"),
    .value(
      "count", "N", short: "n",
      "pictures at most: a set, or N requests where the model draws one each"
    ),
    .value(
      "ref", "PATH|URL|ID|-", short: "r", repeatable: true,
      "a reference picture, - piped in; repeat it, in the order the prompt counts"),
    .value("family", "NAME", "which model an endpoint ep-… stands for: its checks and its price"),
    .value("seed", "N", "only where the model and provider take one"),
    .value("guidance", "SCALE", "how closely the prompt is followed, where the model takes it"),
    .value("optimize", "HOW", "standard or fast: how the model rewrites the prompt"),
    .flag("web-search", "let the model search the web, where it can"),
    .value("background", "KIND", "auto, opaque or transparent, where the model offers it"),
    .flag(
      "layers",
      "split the one reference into layers, where a <bbox> of the prompt points"),
    .value(
      "max-layers", "N",
      "reserve the price of N layers, not of all there may be; more are paid too"),
    .flag("watermark", "have the provider draw its watermark"),
    .flag("no-watermark", "have it draw none"),
    .value("format", "HOW", "url or b64_json: how pictures come back"),
    .value("output-format", "TYPE", "jpeg or png, where the model offers it"),
    .value("stream", "WHEN", "auto, on or off: pictures of a set one by one"),
  ]

  /// A new request, on top of what the settings say.
  func request() throws -> GenerationRequest {
    let prompt = try prompt(arguments.operands)
    guard prompt != nil || arguments.has("layers") else {
      throw UsageError(
        "the prompt is missing", hint: "write it behind the options, or - to pipe it in")
    }
    var request = workspace.request(model: arguments["model"])
    request.prompt = prompt ?? ""
    try apply(to: &request)
    try refuseUnmetWishes(of: request)
    return request
  }

  /// Options that a provider would refuse or ignore are otherwise left out; who typed one wants it.
  private static let wishes:
    [(option: String, without: @Sendable (inout GenerationRequest) -> Void)] = [
      ("background", { $0.background = nil }), ("output-format", { $0.outputFormat = nil }),
      ("seed", { $0.seed = nil }), ("guidance", { $0.guidanceScale = nil }),
      ("optimize", { $0.promptOptimization = nil }), ("web-search", { $0.webSearch = false }),
    ]

  /// - Throws: `UsageError` where an option that was typed would be left out of the request: another picture
  ///   than was asked for would be drawn, and paid.
  private func refuseUnmetWishes(of request: GenerationRequest) throws {
    let problems = workspace.problems(of: request)
    for wish in Self.wishes where arguments.has(wish.option) {
      var plain = request
      wish.without(&plain)
      let others = workspace.problems(of: plain)
      guard
        let problem = problems.first(where: { $0.severity == .advice && !others.contains($0) })
      else { continue }
      let reason = problem.message.split(separator: ": ").dropLast().joined(separator: ": ")
      let isOfModel = problem.field == .model && !problem.suggestions.isEmpty
      throw UsageError(
        "option --\(wish.option): \(reason.isEmpty ? problem.message : reason)",
        hint: "leave it out"
          + (isOfModel ? ", or choose \(problem.suggestions.joined(separator: " or "))" : ""))
    }
  }

  /// The same request with what was typed in the place of what it said.
  /// - Parameter words: Of a new prompt; the old one stays where there are none.
  func edited(_ earlier: GenerationRequest, words: [String]) throws -> GenerationRequest {
    var request = earlier
    if let model = arguments["model"] { (request.model, request.family) = (model, nil) }
    if let prompt = try prompt(words) { request.prompt = prompt }
    if arguments.has("no-refs") { request.references = [] }
    try apply(to: &request)
    return request
  }

  private func apply(to request: inout GenerationRequest) throws {
    if arguments.has("ref") {
      request.references = try arguments.all("ref").map {
        try ReferenceArgument(text: $0, paths: workspace.paths).reference()
      }
    }
    if let text = arguments["size"] {
      guard let size = SizeChoice(text) else {
        throw UsageError("option --size: '\(text)' is neither a keyword like 2K nor WIDTHxHEIGHT")
      }
      request.size = size
    } else if arguments.has("layers") {
      request.size = .keyword("auto")
    }
    if let count = try arguments.integer("count", in: 1...15) { request.count = count }
    if let seed = try arguments.integer("seed", in: -1...2_147_483_647) { request.seed = seed }
    if arguments.has("guidance") { request.guidanceScale = try guidanceScale() }
    if let mode = try arguments.choice("optimize", of: PromptOptimization.allCases.map(\.rawValue))
    {
      request.promptOptimization = PromptOptimization(rawValue: mode)
    }
    if arguments.has("web-search") { request.webSearch = true }
    if let kind = try arguments.choice("background", of: Background.allCases.map(\.rawValue)) {
      request.background = Background(rawValue: kind)
    }
    if arguments.has("layers") { request.layers = true }
    if let most = try arguments.integer("max-layers", in: 1...999) {
      guard request.layers else {
        throw UsageError("option --max-layers: it goes with --layers")
      }
      request.layerLimit = most
    }
    if arguments.has("family") { request.family = try family() }
    if arguments.has("watermark") || arguments.has("no-watermark") {
      request.watermark = arguments.has("watermark")
    }
    if let format = try arguments.choice("format", of: ResponseFormat.allCases.map(\.rawValue)) {
      request.responseFormat = ResponseFormat(rawValue: format) ?? .url
    }
    if let format = try arguments.choice("output-format", of: ["jpeg", "png"]) {
      request.outputFormat = ImageFormat(rawValue: format)
    }
    if let word = try arguments.choice("stream", of: Streaming.allCases.map(\.rawValue)) {
      request.streaming = Streaming(rawValue: word) ?? .automatic
    }
  }

  private func guidanceScale() throws -> Double? {
    guard let text = arguments["guidance"] else { return nil }
    guard let scale = Double(text), scale.isFinite else {
      throw UsageError("option --guidance: '\(text)' is not a number")
    }
    return scale
  }

  private func family() throws -> ModelFamily? {
    guard let name = arguments["family"] else { return nil }
    guard let model = workspace.catalogue.model(named: name) else {
      throw UsageError(
        "option --family: there is no model '\(printable(name.prefix(40)))'",
        hint: "'darkroom models' lists them")
    }
    return model.family
  }

  /// Nil where there are no words.
  private func prompt(_ words: [String]) throws -> String? {
    if words == ["-"] { return try StandardInput.prompt(limit: 1 << 20).trimmingWhitespace() }
    guard !words.isEmpty else { return nil }
    do {
      return try PromptText.read(Array(words.joined(separator: " ").utf8))
    } catch {
      throw UsageError("the prompt \(error.reason)")
    }
  }
}
