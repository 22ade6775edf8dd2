import FoundationEssentials

/// What a request for pictures asks for, read without the product's code.
struct AskedFor: Decodable, Sendable {
  var prompt = ""
  var size = "1K"
  /// Pictures at most.
  var count = 1
  var isInline = false

  private enum Key: String, CodingKey {
    case prompt, size, n
    case format = "response_format"
    case sequence = "sequential_image_generation"
    case options = "sequential_image_generation_options"
    case pixazoCount = "num_images"
  }

  private struct Options: Decodable {
    var most: Int?

    enum CodingKeys: String, CodingKey { case most = "max_images" }
  }

  init(_ body: [UInt8]) {
    if let asked = try? JSONDecoder().decode(Self.self, from: Data(body)) { self = asked }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    prompt = try container.decodeIfPresent(String.self, forKey: .prompt) ?? ""
    size = try container.decodeIfPresent(String.self, forKey: .size) ?? "1K"
    isInline = try container.decodeIfPresent(String.self, forKey: .format) == "b64_json"
    guard try container.decodeIfPresent(String.self, forKey: .sequence) == "auto" else { return }
    count =
      try container.decodeIfPresent(Int.self, forKey: .pixazoCount)
      ?? container.decodeIfPresent(Options.self, forKey: .options)?.most ?? 15
  }

  /// The same request in the vendor's form, for the sandbox.
  ///
  /// - Parameter more: Further lines of the head.
  func request(host: String, _ more: String) -> [UInt8] {
    let body = """
      {"model":"seedream-4-0-250828","prompt":"\(prompt)","size":"\(size)","response_format":"url",\
      "watermark":false,"sequential_image_generation":"\(count > 1 ? "auto" : "disabled")",\
      "sequential_image_generation_options":{"max_images":\(count)}}
      """
    return Array(
      ("POST /api/v3/images/generations HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer any\r\n"
        + "Content-Type: application/json\r\nConnection: close\(more)\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)").utf8)
  }
}
