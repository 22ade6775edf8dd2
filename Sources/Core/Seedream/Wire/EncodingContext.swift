/// All that an encoder needs.
struct EncodingContext: Sendable {
  /// Without the members the provider does not take.
  var request: GenerationRequest
  /// As the provider offers it; nil for endpoint ids, whose model only the provider knows.
  var model: Model?
  /// With the overrides of a profile.
  var dialect: Dialect
}

extension EncodingContext {
  var modelID: String { dialect.modelID(of: request, for: model) }

  /// Whether to ask for the pictures one by one.
  var streams: Bool {
    switch request.streaming {
    case .on: model?.members.stream ?? true
    case .off: false
    case .automatic: request.count > 1 && model?.members.stream ?? false
    }
  }

  /// The references in order.
  private func images() throws(UnstoredReference) -> [JSONValue] {
    var images: [JSONValue] = []
    for (index, reference) in request.references.enumerated() {
      switch reference {
      case .url(let url): images.append(.string(url))
      case .stored(let stored): images.append(.inlined(stored, index: index))
      case .file, .picture: throw UnstoredReference(index: index)
      }
    }
    return images
  }
}

// The members that several dialects share. Those that may be absent are lists of none or one; a
// member a model refuses is absent, and where the model is unknown what was asked for is sent.
extension EncodingContext {
  var modelMember: JSONMember { JSONMember("model", .string(modelID)) }

  /// Absent only for a split into layers, which needs no words.
  var prompt: [JSONMember] {
    request.layers && request.prompt.isEmpty
      ? [] : [JSONMember("prompt", .string(request.prompt))]
  }

  /// Some providers take a list only, even of one.
  func image(asListAlways: Bool = false) throws(UnstoredReference) -> [JSONMember] {
    let images = try images()
    if images.isEmpty { return [] }
    let isPlain = images.count == 1 && !asListAlways
    return [JSONMember("image", isPlain ? images[0] : .array(images))]
  }

  var size: JSONMember { JSONMember("size", .string(request.size.description)) }
  var watermark: JSONMember { JSONMember("watermark", .boolean(request.watermark)) }
  var responseFormat: JSONMember {
    JSONMember("response_format", .string(request.responseFormat.rawValue))
  }

  /// `auto` for a set. `disabled` is the default, and some models answer 400 to the member whatever
  /// its value, so it is said only to models known to take it.
  var sequence: [JSONMember] {
    if request.count > 1, model?.members.sequence ?? true { return sequenceOfMany }
    guard let model, model.members.sequence else { return [] }
    return [JSONMember("sequential_image_generation", .string("disabled"))]
  }

  /// A set with the number asked for as its ceiling.
  var sequenceOfMany: [JSONMember] {
    [
      JSONMember("sequential_image_generation", .string("auto")),
      JSONMember(
        "sequential_image_generation_options",
        .object([JSONMember("max_images", .integer(request.count))])),
    ]
  }

  /// Said either way, for providers whose page names no default; absent where the model answers 400 to
  /// the member whatever its value.
  var stream: [JSONMember] {
    guard model?.members.stream ?? true else { return [] }
    return [JSONMember("stream", .boolean(streams))]
  }

  /// Said beside a transparent background too, because pages differ about the default there.
  var outputFormat: [JSONMember] {
    let isTransparent = request.background == .transparent && !background.isEmpty
    guard let format = request.outputFormat ?? (isTransparent && model != nil ? .png : nil),
      model?.members.outputFormats.contains(format) ?? true
    else { return [] }
    return [JSONMember("output_format", .string(format.rawValue))]
  }

  var promptOptimization: [JSONMember] {
    guard let mode = request.promptOptimization,
      model?.members.promptOptimizations.contains(mode) ?? true
    else { return [] }
    return [
      JSONMember("optimize_prompt_options", .object([JSONMember("mode", .string(mode.rawValue))]))
    ]
  }

  var seed: [JSONMember] {
    guard let seed = request.seed, model == nil || model?.members.seed != nil else { return [] }
    return [JSONMember("seed", .integer(seed))]
  }

  var guidanceScale: [JSONMember] {
    guard let scale = request.guidanceScale, model == nil || model?.members.guidanceScale != nil
    else { return [] }
    return [JSONMember("guidance_scale", .number(scale))]
  }

  var webSearch: [JSONMember] {
    guard request.webSearch, model?.members.webSearch.contains(dialect.site) ?? true
    else { return [] }
    return [JSONMember("tools", .array([.object([JSONMember("type", .string("web_search"))])]))]
  }

  var background: [JSONMember] {
    guard let background = request.background,
      model?.members.background.values.contains(background) ?? true
    else { return [] }
    return [JSONMember("background", .string(background.rawValue))]
  }

  var layers: [JSONMember] {
    guard request.layers, model == nil || model?.members.layers != nil else { return [] }
    return [JSONMember("layer_decomposition", .boolean(true))]
  }
}
