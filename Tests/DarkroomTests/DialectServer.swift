import FoundationEssentials
import HTTP
import Imaging
import Synchronization
import TestSupport

/// A provider's way of speaking, as its own page describes it.
enum SpokenDialect: String, CaseIterable, Sendable {
  case ark, byteplus, unified, chainhub, pixazo, apiyi
  /// Pixazo where it answers with a job first.
  case pixazoPolled = "pixazo, polled"

  /// What `--provider` is told.
  var provider: String { self == .pixazoPolled ? "pixazo" : rawValue }

  var isPixazo: Bool { provider == "pixazo" }

  /// The path of the base URL.
  var basePath: String {
    switch self {
    case .ark, .byteplus: "/api/v3"
    case .chainhub, .apiyi: "/v1"
    case .unified, .pixazo, .pixazoPolled: ""
    }
  }

  /// The path of a request for pictures.
  var path: String {
    switch self {
    case .ark, .byteplus, .chainhub, .apiyi: basePath + "/images/generations"
    case .unified: "/byteplus-generate"
    case .pixazo, .pixazoPolled: "/byteplus/v1/getEditMultiImage"
    }
  }

  /// The environment variable of the key; nil where the service has its own.
  var keyVariable: String? {
    switch self {
    case .ark: "ARK_API_KEY"
    case .byteplus: "BYTEPLUS_API_KEY"
    case .unified: nil
    case .chainhub: "CHAINHUB_API_KEY"
    case .pixazo, .pixazoPolled: "PIXAZO_API_KEY"
    case .apiyi: "APIYI_API_KEY"
    }
  }

  /// Whether a request may ask for pictures one by one.
  var takesStream: Bool { !isPixazo }

  /// Whether it streams when asked: the unified service takes the member and answers in one piece.
  var streams: Bool { takesStream && self != .unified }
}

/// A server on loopback that answers in one dialect and knows no other path and no other key.
final class DialectServer: Sendable {
  static let key = "a-key-of-the-dialect-test"
  static let pollPath = "/ai-model-api-polling/getGenerationResults"

  let dialect: SpokenDialect
  /// Its pictures, each another; a set takes them in order.
  let pictures: [[UInt8]]
  private let server: ScriptedProvider
  private let taken = Mutex(0)

  init(_ dialect: SpokenDialect) throws {
    self.dialect = dialect
    let pictures = try (0..<3).map { try Self.picture(shade: UInt8($0 * 80)) }
    self.pictures = pictures
    server = try ScriptedProvider { request, _ in
      DialectAnswer(dialect: dialect, request: request, pictures: pictures).reply
    }
  }

  var baseURL: String { server.url + dialect.basePath }

  /// What was asked of it by POST since the last time.
  func takeRequests() -> [HTTPServerRequest] {
    taken.withLock { taken in
      let requests = server.requests.all
      defer { taken = requests.count }
      return requests[taken...].filter { $0.method == "POST" }
    }
  }

  static func picture(shade: UInt8) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for y in 0..<48 { for x in 0..<64 { bytes += [UInt8(x * 4), UInt8(y * 5), shade, 255] } }
    return try ImageEncoder.jpeg(Pixels(width: 64, height: 48, bytes: bytes), quality: 90)
  }
}

/// One answer in the words of a dialect.
private struct DialectAnswer {
  let dialect: SpokenDialect
  let request: HTTPServerRequest
  let pictures: [[UInt8]]

  /// What the answer depends on.
  private struct Asked: Decodable {
    struct Options: Decodable {
      var maxImages: Int

      enum CodingKeys: String, CodingKey { case maxImages = "max_images" }
    }
    var options: Options?
    var imageCount: Int?
    var n: Int?
    var stream: Bool?
    var format: String

    enum CodingKeys: String, CodingKey {
      case n, stream
      case options = "sequential_image_generation_options"
      case imageCount = "num_images"
      case format = "response_format"
    }

    var count: Int { options?.maxImages ?? imageCount ?? n ?? 1 }
  }

  var reply: HTTPReply {
    if request.method == "GET" {
      let number = Int(request.path.filter(\.isNumber)) ?? 0
      return .picture(pictures[number])
    }
    guard hasKey else { return refusal(401, "AuthenticationError", "The API key is missing.") }
    if dialect == .pixazoPolled, request.path == DialectServer.pollPath {
      return json(
        #"{"job_set_id":"job-\#(count(ofJob: request))","status":"completed","results":["#
          + (0..<count(ofJob: request)).map { #"{"url":"\#(address($0))"}"# }
          .joined(separator: ",") + #"],"created_at":1757585224,"completed_at":1757585250}"#)
    }
    guard request.path == dialect.path else { return refusal(404, "NotFound", "No such path.") }
    guard let asked = try? JSONDecoder().decode(Asked.self, from: Data(request.body)) else {
      return refusal(400, "InvalidParameter", "The body is not understood.")
    }
    if dialect == .pixazoPolled {
      return json(#"{"job_set_id":"job-\#(asked.count)","status":"queued"}"#)
    }
    return asked.stream == true && dialect.streams ? stream(asked) : whole(asked)
  }

  /// The name of a job says how many pictures it draws.
  private func count(ofJob poll: HTTPServerRequest) -> Int {
    Int(String(decoding: poll.body, as: UTF8.self).filter(\.isNumber)) ?? 0
  }

  private var hasKey: Bool {
    if dialect.isPixazo {
      return request.header("Ocp-Apim-Subscription-Key") == DialectServer.key
        && request.header("Cache-Control") == "no-cache"
    }
    return dialect.keyVariable == nil
      || request.header("Authorization") == "Bearer \(DialectServer.key)"
  }

  private func address(_ index: Int) -> String { "\(request.origin)/\(index).jpg" }

  private func member(_ asked: Asked, _ index: Int) -> String {
    asked.format == "url"
      ? #""url":"\#(address(index))""#
      : #""b64_json":"\#(Data(pictures[index]).base64EncodedString())""#
  }

  private func whole(_ asked: Asked) -> HTTPReply {
    // Only the vendor and who passes its words on name a size.
    let size = dialect.isPixazo || dialect == .chainhub ? "" : #","size":"64x48""#
    let data = (0..<asked.count).map { "{\(member(asked, $0))\(size)}" }.joined(separator: ",")
    let usage =
      #""usage":{"generated_images":\#(asked.count),"output_tokens":12,"total_tokens":12}"#
    return switch dialect {
    case .unified: json(#"{"data":[\#(data)],\#(usage)}"#)
    case .chainhub: json(#"{"created":1757585224,"data":[\#(data)]}"#)
    case .pixazo, .pixazoPolled: json(#"{"created":1757585224,"data":[\#(data)],\#(usage)}"#)
    case .ark, .byteplus, .apiyi:
      json(#"{"model":"m","created":1757585224,"data":[\#(data)],\#(usage)}"#)
    }
  }

  private func stream(_ asked: Asked) -> HTTPReply {
    var text = ""
    for index in 0..<asked.count {
      text += """
        event: image_generation.partial_succeeded
        data: {"type":"image_generation.partial_succeeded","model":"m","created":1757585224,\
        "image_index":\(index),\(member(asked, index)),"size":"64x48"}


        """
    }
    text += """
      event: image_generation.completed
      data: {"type":"image_generation.completed","model":"m","created":1757585224,\
      "usage":{"generated_images":\(asked.count),"output_tokens":12,"total_tokens":12}}

      data: [DONE]


      """
    return HTTPReply(
      headers: [HTTPHeader("Content-Type", "text/event-stream")], body: .bytes(Array(text.utf8)))
  }

  private func refusal(_ status: Int, _ code: String, _ words: String) -> HTTPReply {
    switch dialect {
    case .unified: json(#"{"detail":"\#(words)"}"#, status)
    case .pixazo, .pixazoPolled: json(#"{"error":"\#(words)"}"#, status)
    case .ark, .byteplus, .chainhub, .apiyi:
      json(#"{"error":{"code":"\#(code)","message":"\#(words)","param":"","type":""}}"#, status)
    }
  }

  private func json(_ text: String, _ status: Int = 200) -> HTTPReply {
    .json(status, text, [HTTPHeader("X-Request-Id", "02req")])
  }
}
