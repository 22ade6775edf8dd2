import FoundationEssentials

/// Any JSON object of a reply: a whole reply, an event, or one member of a set.
///
/// Every member is optional and a member of the wrong type counts as absent: providers differ, and a
/// picture must not be lost over a timestamp.
struct ReplyDocument: Decodable {
  var type: String?
  var model: String?
  var created: Int?
  var usage: Usage?
  var error: APIError?
  /// From `detail` or `message`, where services that are not Ark put their words.
  var otherError: APIError?
  var hasData: Bool
  var index: Int?
  var url: String?
  /// The number of the image that stood here.
  var image: Int?
  var size: PixelSize?
  var outputFormat: ImageFormat?
  /// Members reported before this document ended; not on the wire.
  var memberCount = 0

  init?(_ json: [UInt8]) {
    guard
      let document = try? JSONDecoder().decode(
        Self.self, from: Data(String(decoding: json, as: UTF8.self).utf8))
    else { return nil }
    self = document
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    type = container.lenient(String.self, "type")
    model = container.lenient(String.self, "model")
    created = container.integer("created") ?? container.integer("created_at")
    usage = container.lenient(UsageDocument.self, "usage")?.usage
    error = container.lenient(ErrorDocument.self, "error")?.error
    otherError =
      container.lenient(ErrorDocument.self, "detail")?.error
      ?? container.lenient(ErrorDocument.self, "message")?.error
    if let code = container.lenient(String.self, "code") { otherError?.code = code }
    hasData = container.list("data") != nil
    index = container.integer("image_index")
    url = container.lenient(String.self, "url")
    image = container.lenient(Int.self, "b64_json")
    size = container.lenient(String.self, "size").flatMap { PixelSize($0) }
    outputFormat = container.lenient(String.self, "output_format").flatMap {
      ImageFormat(rawValue: $0.lowercased())
    }
  }
}

/// The spellings of usage: Ark's, and those of services in the manner of OpenAI.
private struct UsageDocument: Decodable {
  var usage: Usage

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    let tools = container.object("tool_usage")
    usage = Usage(
      generatedImages: container.integer("generated_images"),
      outputTokens: container.integer("output_tokens") ?? container.integer("completion_tokens"),
      totalTokens: container.integer("total_tokens"),
      inputImages: container.integer("input_images"),
      webSearches: tools?.integer("web_search"))
  }
}

/// An error as an object, a string, or a list of FastAPI's validation errors.
private struct ErrorDocument: Decodable {
  var error: APIError?

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: JSONKey.self) {
      error = Self.error(in: container)
    } else if let text = try? decoder.singleValueContainer().decode(String.self) {
      error = text.isEmpty ? nil : APIError(code: "", message: text)
    } else if var list = try? decoder.unkeyedContainer() {
      error = try? list.decode(ErrorDocument.self).error
    }
  }

  private static func error(in container: KeyedDecodingContainer<JSONKey>) -> APIError? {
    let code = container.lenient(String.self, "code") ?? container.integer("code").map(String.init)
    let message =
      container.lenient(String.self, "message") ?? container.lenient(String.self, "msg")
    guard code != nil || message != nil else { return nil }
    return APIError(
      code: code ?? "", message: message ?? "",
      param: container.lenient(String.self, "param") ?? container.list("loc").map(last) ?? "",
      type: container.lenient(String.self, "type") ?? "",
      requestID: container.lenient(String.self, "request_id"))
  }

  /// The last part of a path of names and numbers: the field that is meant.
  private static func last(of path: any UnkeyedDecodingContainer) -> String {
    var path = path
    var last = ""
    for _ in 0..<8 where !path.isAtEnd {
      guard let name = try? path.decode(String.self) else { break }
      last = name
    }
    return last
  }
}

/// A key given by its text.
struct JSONKey: CodingKey, ExpressibleByStringLiteral {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringLiteral text: String) { stringValue = text }
  init(stringValue text: String) { stringValue = text }
  init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<JSONKey> {
  /// The array; nil where it is absent or something else.
  func list(_ key: JSONKey) -> (any UnkeyedDecodingContainer)? {
    contains(key) ? try? nestedUnkeyedContainer(forKey: key) : nil
  }

  /// The object; nil where it is absent or something else.
  func object(_ key: JSONKey) -> KeyedDecodingContainer<JSONKey>? {
    contains(key) ? try? nestedContainer(keyedBy: JSONKey.self, forKey: key) : nil
  }

  /// The value; nil where it is absent, null or of another type.
  func lenient<Value: Decodable>(_ type: Value.Type, _ key: JSONKey) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }

  /// A whole number, also written as a decimal or in a string.
  func integer(_ key: JSONKey) -> Int? {
    if let number = lenient(Int.self, key) { return number }
    if let number = lenient(Double.self, key) { return Int(exactly: number) }
    return lenient(String.self, key).flatMap { Int($0) }
  }
}
