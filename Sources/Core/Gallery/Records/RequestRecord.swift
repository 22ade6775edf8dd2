internal import Seedream

/// A request as it is written to disk.
///
/// Its own shape, apart from the one in memory: a record is read for as long as the gallery lives, so
/// members may be added here but never renamed, and every one of them may be missing.
struct RequestRecord: Codable {
  var model: String?
  /// Which model an endpoint id stands for, where the user has said so.
  var family: String?
  var prompt: String?
  var size: String?
  var count: Int?
  var watermark: Bool?
  var responseFormat: String?
  var outputFormat: String?
  var streaming: String?
  var seed: Int?
  var guidanceScale: Double?
  var promptOptimization: String?
  var webSearch: Bool?
  var background: String?
  var layers: Bool?
  var layerLimit: Int?
  /// In the order the prompt counts them.
  var references: [ReferenceRecord]?

  enum CodingKeys: String, CodingKey {
    case model, family, prompt, size, watermark, seed, background, layers, references
    case count = "n"
    case responseFormat = "response_format"
    case outputFormat = "output_format"
    case streaming = "stream"
    case guidanceScale = "guidance_scale"
    case promptOptimization = "prompt_optimization"
    case webSearch = "web_search"
    case layerLimit = "max_layers"
  }

  /// - Parameter keepingQueries: True for the journal, which must be able to send again; false for
  ///   records, where a signed address must not live on.
  init(_ request: GenerationRequest, keepingQueries: Bool) {
    model = request.model
    family = request.family?.rawValue
    prompt = request.prompt
    size = request.size.description
    count = request.count
    watermark = request.watermark
    responseFormat = request.responseFormat.rawValue
    outputFormat = request.outputFormat?.rawValue
    streaming = request.streaming.rawValue
    seed = request.seed
    guidanceScale = request.guidanceScale
    promptOptimization = request.promptOptimization?.rawValue
    webSearch = request.webSearch
    background = request.background?.rawValue
    layers = request.layers
    layerLimit = request.layerLimit
    references = request.references.map {
      ReferenceRecord($0, keepingQueries: keepingQueries)
    }
  }

  /// The request again; words this version does not know become its defaults.
  var request: GenerationRequest {
    var request = GenerationRequest(model: model ?? "", prompt: prompt ?? "")
    request.family = family.map { ModelFamily(rawValue: $0) }
    request.references = (references ?? []).compactMap(\.reference)
    request.size = size.flatMap { SizeChoice($0) } ?? request.size
    request.count = count ?? request.count
    request.watermark = watermark ?? request.watermark
    request.responseFormat = responseFormat.flatMap(ResponseFormat.init) ?? request.responseFormat
    request.outputFormat = outputFormat.flatMap { ImageFormat(rawValue: $0) }
    request.streaming = streaming.flatMap(Streaming.init) ?? request.streaming
    request.seed = seed
    request.guidanceScale = guidanceScale
    request.promptOptimization = promptOptimization.flatMap(PromptOptimization.init)
    request.webSearch = webSearch ?? request.webSearch
    request.background = background.flatMap(Background.init)
    request.layers = layers ?? request.layers
    request.layerLimit = layerLimit
    return request
  }
}

/// A reference as it is written to disk.
struct ReferenceRecord: Codable {
  /// `stored`, `url`, `file` or `picture`.
  var kind: String
  /// A path, an address without its query, or the id of a picture.
  var origin: String
  var sha256: String?
  var format: String?
  var bytes: Int?

  init(_ reference: Reference, keepingQueries: Bool) {
    switch reference {
    case .url(let address):
      kind = "url"
      origin = keepingQueries ? address : Address.withoutSecrets(address)
    case .file(let path):
      kind = "file"
      origin = path
    case .picture(let id):
      kind = "picture"
      origin = id
    case .stored(let stored):
      kind = "stored"
      origin = keepingQueries ? stored.origin : Address.withoutSecrets(stored.origin)
      sha256 = stored.sha256
      format = stored.format.rawValue
      bytes = stored.byteCount
    }
  }

  /// Nil for a kind this version does not know.
  var reference: Reference? {
    switch kind {
    case "url": return .url(origin)
    case "file": return .file(origin)
    case "picture": return .picture(origin)
    case "stored":
      guard let sha256, let format = format.flatMap({ ImageFormat(rawValue: $0) }) else {
        return nil
      }
      return .stored(
        StoredReference(sha256: sha256, format: format, byteCount: bytes ?? 0, origin: origin))
    default: return nil
    }
  }
}
