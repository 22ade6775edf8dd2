import FoundationEssentials

/// The body of a request for pictures, as it came. A member that is null counts as absent: the
/// vendor's Python SDK sends every unset parameter so.
///
/// Source: Image generation API (doc 1541523). Members that nobody knows are passed over.
struct ArkRequest: Decodable, Equatable {
  var model: String?
  var prompt: String?
  /// One or several, in the order the prompt counts them.
  var images: [String]
  var size: String?
  var responseFormat: String?
  var outputFormat: String?
  var watermark: Bool?
  var sequence: String?
  var maximumImages: Int?
  var stream: Bool?
  var optimizationMode: String?
  var tools: [String]?
  var seed: Int?
  var background: String?
  var layerDecomposition: Bool?

  private enum Member: String, CodingKey {
    case model, prompt, image, size, watermark, stream, tools, seed, background
    case responseFormat = "response_format"
    case outputFormat = "output_format"
    case sequence = "sequential_image_generation"
    case sequenceOptions = "sequential_image_generation_options"
    case optimization = "optimize_prompt_options"
    case layerDecomposition = "layer_decomposition"
  }

  private struct SequenceOptions: Decodable {
    var maximum: Int?

    enum CodingKeys: String, CodingKey { case maximum = "max_images" }
  }

  private struct Optimization: Decodable { var mode: String? }

  private struct Tool: Decodable { var type: String? }

  init(from decoder: any Decoder) throws {
    let body = try decoder.container(keyedBy: Member.self)
    model = try body.decodeIfPresent(String.self, forKey: .model)
    prompt = try body.decodeIfPresent(String.self, forKey: .prompt)
    if let single = try? body.decodeIfPresent(String.self, forKey: .image) {
      images = [single]
    } else {
      images = try body.decodeIfPresent([String].self, forKey: .image) ?? []
    }
    size = try body.decodeIfPresent(String.self, forKey: .size)
    responseFormat = try body.decodeIfPresent(String.self, forKey: .responseFormat)
    outputFormat = try body.decodeIfPresent(String.self, forKey: .outputFormat)
    watermark = try body.decodeIfPresent(Bool.self, forKey: .watermark)
    sequence = try body.decodeIfPresent(String.self, forKey: .sequence)
    maximumImages = try body.decodeIfPresent(SequenceOptions.self, forKey: .sequenceOptions)?
      .maximum
    stream = try body.decodeIfPresent(Bool.self, forKey: .stream)
    optimizationMode = try body.decodeIfPresent(Optimization.self, forKey: .optimization)?.mode
    tools = try body.decodeIfPresent([Tool].self, forKey: .tools)?.compactMap(\.type)
    seed = try body.decodeIfPresent(Int.self, forKey: .seed)
    background = try body.decodeIfPresent(String.self, forKey: .background)
    layerDecomposition = try body.decodeIfPresent(Bool.self, forKey: .layerDecomposition)
  }

  /// Reads a body.
  static func read(_ body: [UInt8]) throws(ArkRefusal) -> ArkRequest {
    do {
      return try JSONDecoder().decode(ArkRequest.self, from: Data(body))
    } catch let DecodingError.typeMismatch(type, context) {
      let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
      throw .invalid(path.joined(separator: "."), "a value of type \(type) is expected.")
    } catch {
      throw ArkRefusal(
        status: 400, code: "InvalidParameter", message: "The request body is not valid JSON.",
        type: "BadRequest")
    }
  }
}
