import SandboxArt
import Seedream

/// A request that has passed every check: what is to be drawn and how it is handed out.
struct ArkOrder: Equatable {
  /// In the spelling of the request.
  var model: String
  var kind: ModelFamily
  /// The folder of result addresses: `seedream-4-5`.
  var family: String
  var prompt: String
  var references: [ReferenceSource]
  var size: PixelSize
  /// How many pictures are drawn.
  var count: Int
  /// How many pictures of this model an account may have a minute; nil where nobody knows.
  var perMinute: Int?
  var seed: Int
  var watermark: Bool
  /// Whether the picture has no background, as its one reference has none or as its words want it.
  var isTransparent: Bool
  /// Whether the one reference must have none either.
  var needsTransparency: Bool
  /// Whether the model draws transparent grounds by itself, and says of each picture which it has.
  var drawsAlpha: Bool
  /// Whether the one reference is split into layers instead of anything being drawn.
  var isSplit: Bool
  /// Layers above the base at most, and the formats that are split.
  var layerLimit: Int
  var splits: [String]
  /// The size of the base; nil is that of the reference.
  var layerSize: PixelSize?
  var format: ImageFormat
  var isInline: Bool
  var streams: Bool
  /// Whether the reply tells sizes and tokens, which the models before 4.0 do not.
  var tellsSize: Bool
  /// Whether the reply tells the format of each picture, and how many references were charged.
  var tellsMore: Bool
  var usesTools: Bool
}

extension ArkOrder {
  /// Checks in the order of the live service, as far as it is known: model, members, size,
  /// references, set.
  init(_ request: ArkRequest) throws(ArkRefusal) {
    guard let name = request.model, !name.isEmpty else { throw .missing("model") }
    guard let model = Self.model(named: name) else { throw .unknownModel(name) }
    let isSplit = request.layerDecomposition == true
    let prompt = request.prompt ?? ""
    guard isSplit || !prompt.isEmpty else { throw .missing("prompt") }
    try request.checkMembers(of: model)
    let isOfAnySize = isSplit && request.size?.lowercased() ?? "auto" == "auto"
    let size = try RequestedSize(model, prompt: prompt).pixels(isOfAnySize ? nil : request.size)
    let references = try ReferenceSource.all(request.images, limit: model.references)
    let isTransparent = request.isTransparent(for: model)
    self.init(
      model: name, kind: model.family,
      family: model.family.rawValue.split(separator: ".").joined(separator: "-"),
      prompt: prompt, references: references, size: size, count: try request.pictures(of: model),
      perMinute: model.picturesPerMinute, seed: request.seed ?? 0,
      watermark: request.watermark ?? true,
      isTransparent: isTransparent,
      needsTransparency: isTransparent && model.members.background == .ofReference,
      drawsAlpha: model.drawsAlpha, isSplit: isSplit,
      layerLimit: model.members.layers?.most ?? 0,
      splits: model.members.layers?.formats.map(\.rawValue) ?? [],
      layerSize: isOfAnySize ? nil : size,
      format: isSplit || isTransparent ? .png : request.format(of: model),
      isInline: request.responseFormat == "b64_json", streams: request.stream ?? false,
      tellsSize: ![.seedream30, .seedEdit30].contains(model.family),
      tellsMore: model.maximumPictures == 1 && !model.members.outputFormats.isEmpty,
      usesTools: request.tools?.isEmpty == false)
  }

  /// By the ids of the wire only: short names are a convenience of people. An endpoint hides its
  /// model; here it is the most permissive one.
  private static func model(named name: String) -> Model? {
    if ModelCatalogue.isEndpoint(name) { return ModelCatalogue.builtIn.model(of: .seedream40) }
    let wanted = name.lowercased()
    return ModelCatalogue.builtIn.models.first { model in
      [model.volcengine, model.byteplus].contains { spelling in
        ([spelling.id] + spelling.others).contains { $0.lowercased() == wanted }
      }
    }
  }
}

extension ArkRequest {
  /// Members that this model refuses, or not with this value.
  fileprivate func checkMembers(of model: Model) throws(ArkRefusal) {
    let takes = model.members
    if stream == true, !takes.stream { throw .unsupported("stream") }
    if let sequence {
      guard takes.sequence else {
        throw .unsupported("sequential_image_generation", verb: "are")
      }
      guard ["auto", "disabled"].contains(sequence) else {
        throw .invalid("sequential_image_generation", "must be one of: auto, disabled")
      }
    }
    if let outputFormat {
      guard !takes.outputFormats.isEmpty else { throw .unsupported("output_format") }
      guard ["png", "jpeg"].contains(outputFormat) else {
        throw .invalid("output_format", "must be one of: jpeg, png", named: true)
      }
    }
    if let responseFormat, !["url", "b64_json"].contains(responseFormat) {
      throw .invalid("response_format", "must be one of: url, b64_json")
    }
    if let mode = optimizationMode, !takes.promptOptimizations.map(\.rawValue).contains(mode) {
      let offered = takes.promptOptimizations.map { "'\($0.rawValue)'" }
      guard !offered.isEmpty else { throw .unsupported("optimize_prompt_options") }
      throw .invalid(
        "optimize_prompt_options.mode",
        "optimize_prompt_options.mode must be \(offered.joined(separator: " or "))")
    }
    if tools?.isEmpty == false, takes.webSearch.isEmpty { throw .unsupported("tools") }
    if let seed, !MemberSupport.anySeed.contains(seed) {
      throw .invalid("seed", "must be between -1 and 2147483647")
    }
    try checkBackground(of: model)
    if layerDecomposition == true { try checkSplit(by: model) }
  }

  /// With `auto` the words of the prompt decide.
  fileprivate func isTransparent(for model: Model) -> Bool {
    if let background, background != "auto" { return background == "transparent" }
    guard model.drawsAlpha, outputFormat != "jpeg", layerDecomposition != true else { return false }
    return PromptWords(prompt ?? "").contains([
      "sticker", "logo", "icon", "emoji", "clipart", "clip art", "cutout", "transparent background",
      "no background", "without background", "贴纸", "透明", "图标", "无背景", "抠图",
    ])
  }

  /// The format asked for, or the model's own.
  fileprivate func format(of model: Model) -> ImageFormat {
    outputFormat.flatMap { ImageFormat(rawValue: $0) } ?? model.members.standardFormat
  }

  private func checkSplit(by model: Model) throws(ArkRefusal) {
    guard model.members.layers != nil else { throw .unsupported("layer_decomposition") }
    guard images.count == 1 else {
      throw .invalid("image", "layer_decomposition requires exactly one input image", named: true)
    }
    if let size, SizeChoice(size).map({ if case .pixels = $0 { true } else { false } }) == true {
      throw .invalidSize("must be a resolution or auto when layer_decomposition is true.")
    }
  }

  /// Whether the reference is transparent is seen when it is decoded.
  private func checkBackground(of model: Model) throws(ArkRefusal) {
    guard let background else { return }
    let values = model.members.background.values.map(\.rawValue)
    guard !values.isEmpty else { throw .unsupported("background") }
    guard values.contains(background) else {
      throw .invalid(
        "background", "must be one of: \(values.joined(separator: ", "))", named: true)
    }
    guard layerDecomposition != true else {
      throw .invalid("background", ServiceWords.noBackground, named: true)
    }
    guard background == "transparent" else { return }
    guard model.drawsAlpha || images.count == 1 else {
      throw .invalid("background", ServiceWords.needsOnePicture, named: true)
    }
    guard outputFormat != "jpeg" else {
      throw .invalid("output_format", ServiceWords.needsPNG, named: true)
    }
  }

  /// How many pictures are drawn. With `auto` the model decides and the request only sets a ceiling:
  /// the sandbox draws as many as it may, four where nothing is said.
  fileprivate func pictures(of model: Model) throws(ArkRefusal) -> Int {
    guard sequence == "auto" else { return 1 }
    let room = (model.maximumTogether ?? model.maximumPictures) - images.count
    if let maximumImages {
      guard (1...model.maximumPictures).contains(maximumImages), maximumImages <= room else {
        throw .invalid(
          "sequential_image_generation_options.max_images",
          "must be at least 1, and at most \(model.maximumPictures) together with the reference "
            + "images.")
      }
    }
    let most = min(maximumImages ?? 4, max(room, 1))
    return PromptWords(prompt ?? "").contains(Mood.allSeasons) ? min(most, 4) : most
  }
}

extension Model {
  /// Whether it needs no picture with alpha to draw one.
  fileprivate var drawsAlpha: Bool { members.background == .free }
}
