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
  var background: String?
  /// Where the picture lies, for one that was split off another.
  var layer: PictureLayer?
  /// What the model used on the way.
  var tools: [String]
  /// How far a job is, in the provider's word.
  var status: String?
  /// The job to ask for.
  var job: PendingJob?
  /// The pictures of a job that was asked for; nil for what is no object. Only of a whole reply.
  var results: [ReplyDocument?]
  /// Members reported before this document ended; not on the wire.
  var memberCount = 0
  /// Whether it answers a question for a job; not on the wire.
  var answersPoll = false

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
    let code = container.lenient(String.self, "code") ?? container.integer("code").map(String.init)
    if let code { otherError?.code = code }
    hasData = container.list("data") != nil
    index = container.integer("image_index")
    url =
      container.lenient(String.self, "url") ?? container.lenient(String.self, "imageUrl")
    image = container.lenient(Int.self, "b64_json")
    size = container.lenient(String.self, "size").flatMap { PixelSize($0) }
    outputFormat = container.lenient(String.self, "output_format").flatMap {
      ImageFormat(rawValue: $0.lowercased())
    }
    background = container.lenient(String.self, "background").map { $0.shown(limit: 40) }
    layer = PictureLayer(container)
    tools = ["tools", "tool"].flatMap { container.elements(ToolDocument.self, $0) }
      .compactMap { $0?.type?.shown(limit: 40) }
    status = container.lenient(String.self, "status")
    job = container.lenient(String.self, "job_set_id").flatMap { PendingJob(id: $0) }
    // Results of results would let a server choose how deep this goes.
    results = decoder.codingPath.isEmpty ? container.elements(Self.self, "results") : []
  }
}

extension ReplyDocument {
  enum Progress { case done, failed, pending }

  /// What the status means; a word nobody knows means that the end is not reached.
  var progress: Progress {
    switch status?.lowercased() {
    case "completed", "succeeded", "success": .done
    case "failed", "error", "cancelled", "canceled": .failed
    default: .pending
    }
  }
}

/// One tool of a reply.
private struct ToolDocument: Decodable {
  var type: String?

  init(from decoder: any Decoder) throws {
    type = try decoder.container(keyedBy: JSONKey.self).lenient(String.self, "type")
  }
}
