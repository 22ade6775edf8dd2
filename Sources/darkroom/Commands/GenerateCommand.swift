import Gallery
import Posix
import Seedream
import Studio

extension Command {
  /// One generation, from the prompt to the saved paths.
  static let generate = Command(
    name: "generate", operands: "PROMPT…",
    summary: "Has pictures made and prints the paths of the saved files.",
    details: """
      The words of the prompt are joined by spaces; '-' reads it from standard input. Paths go to
      standard output, one a line, everything else to standard error. Exit status: 0 all pictures
      saved, 1 failed, 2 wrong usage, 3 some pictures of a set failed, 4 sent but no answer came,
      130 interrupted (the job goes on in the service).
      """,
    options: [
      .value("model", "ID", short: "m", "a name of 'darkroom models', or an endpoint ep-…"),
      .value("size", "SIZE", short: "s", "2K, 4K … or WIDTHxHEIGHT in pixels"),
      .value("count", "N", short: "n", "pictures at most; above 1 the model decides how many"),
      .value(
        "ref", "PATH|URL|ID", short: "r", repeatable: true,
        "a reference picture; repeat it, in the order the prompt counts"),
      .value("family", "NAME", "which model an endpoint ep-… stands for: its checks and its price"),
      .value("seed", "N", "only where the model and provider take one"),
      .value("guidance", "SCALE", "how closely the prompt is followed, where the model takes it"),
      .value("optimize", "HOW", "standard or fast: how the model rewrites the prompt"),
      .flag("web-search", "let the model search the web, where it can"),
      .value("background", "KIND", "opaque or transparent, where the model offers it"),
      .flag("layers", "split the one reference into layers; needs no prompt"),
      .flag("watermark", "have the provider draw its watermark"),
      .value("format", "HOW", "url or b64_json: how pictures come back"),
      .value("output-format", "TYPE", "jpeg or png, where the model offers it"),
      .value("stream", "WHEN", "auto, on or off: pictures of a set one by one"),
      .flag("json", "one JSON object a picture instead of its path"),
      .flag("dry-run", "show what would be sent, as JSON and as a curl command, and send nothing"),
      .value("trace", "FILE", "write the exchange there: no key in it, pictures shortened"),
    ] + OptionSpec.provider + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let request = try GenerateOptions(arguments, workspace).request()
    workspace.tellFaults()
    if arguments.has("dry-run") { return try DryRun(workspace: workspace).run(request) }
    let trace = try arguments["trace"].map { try Workspace.absolute($0) }
    return try Generation(workspace: workspace, request: request, trace: trace)
      .run(asJSON: arguments.has("json"))
  }
}

/// Makes the request from what was typed.
struct GenerateOptions {
  private let arguments: Arguments
  private let workspace: Workspace

  init(_ arguments: Arguments, _ workspace: Workspace) {
    self.arguments = arguments
    self.workspace = workspace
  }

  func request() throws -> GenerationRequest {
    var request = workspace.request(model: arguments["model"])
    request.layers = arguments.has("layers")
    request.prompt = try prompt(isOptional: request.layers)
    request.references = try arguments.all("ref").map(reference)
    if let text = arguments["size"] {
      guard let size = SizeChoice(text) else {
        throw UsageError("option --size: '\(text)' is neither a keyword like 2K nor WIDTHxHEIGHT")
      }
      request.size = size
    } else if request.layers {
      request.size = .keyword("auto")
    }
    if let count = try arguments.integer("count", in: 1...15) { request.count = count }
    request.seed = try arguments.integer("seed", in: -1...2_147_483_647)
    request.guidanceScale = try guidanceScale()
    request.promptOptimization =
      try arguments.choice("optimize", of: PromptOptimization.allCases.map(\.rawValue))
      .flatMap(PromptOptimization.init)
    if arguments.has("web-search") { request.webSearch = true }
    request.background =
      try arguments.choice("background", of: Background.allCases.map(\.rawValue))
      .flatMap(Background.init)
    request.family = try family()
    if arguments.has("watermark") { request.watermark = true }
    request.responseFormat =
      try arguments.choice("format", of: ResponseFormat.allCases.map(\.rawValue))
      .flatMap(ResponseFormat.init) ?? .url
    request.outputFormat = try arguments.choice("output-format", of: ["jpeg", "png"])
      .flatMap { ImageFormat(rawValue: $0) }
    request.streaming =
      try arguments.choice("stream", of: Streaming.allCases.map(\.rawValue))
      .flatMap(Streaming.init) ?? .automatic
    return request
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

  private func prompt(isOptional: Bool) throws -> String {
    if arguments.operands == ["-"] {
      return try StandardInput.read(limit: 1 << 20).trimmingWhitespace()
    }
    guard isOptional || !arguments.operands.isEmpty else {
      throw UsageError(
        "the prompt is missing", hint: "write it behind the options, or - to pipe it in")
    }
    return arguments.operands.joined(separator: " ")
  }

  private func reference(_ text: String) throws -> Reference {
    let lowered = text.lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") { return .url(text) }
    if lowered.hasPrefix("data:") {
      // The wire wants the type in small letters; the pixels after the comma are not touched.
      let head = text.prefix { $0 != "," }
      return .url(head.lowercased() + text.dropFirst(head.count))
    }
    if FileSystem.exists(text) { return .file(try FileSystem.realPath(text)) }
    if PictureID(text) != nil { return .picture(text) }
    throw CommandFailure(
      "reference '\(printable(text.prefix(80)))' is neither a file, nor an address, nor a data URI, "
        + "nor the id of a picture")
  }
}
