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
  /// Whether it says by a word or a code of its own that it is a refusal.
  var saysNo: Bool
  var index: Int?
  var size: PixelSize?
  var outputFormat: ImageFormat?
  var background: String?
  /// Where the picture lies, for one that was split off another.
  var layer: PictureLayer?
  /// What the model used on the way.
  var tools: [String]
  /// How far a job is, as the provider's status says.
  var status: String?
  /// The job to ask for.
  var job: PendingJob?
  /// What `data`, `result`, `response` or `output` holds, where that is an object: relays wrap replies.
  var wrapped: [ReplyDocument]
  /// Pictures and refused members of the reply so far; not on the wire.
  var memberCount = 0
  /// Pictures that were, or are said to be, in the reply and could not be read; not on the wire.
  var unreadCount = 0
  /// Pictures of the reply so far; not on the wire.
  var pictureCount = 0
  /// The job it is to tell about, where it answers a question for one; not on the wire.
  var asked: PendingJob?

  /// Of a text that is no object.
  static var empty: ReplyDocument? { ReplyDocument(Array("{}".utf8)) }

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
    let detail = container.lenient(ErrorDocument.self, "detail")?.error
    otherError =
      detail ?? container.lenient(ErrorDocument.self, "message")?.error
      ?? container.lenient(ErrorDocument.self, "msg")?.error
    let code = container.lenient(String.self, "code") ?? container.integer("code").map(String.init)
    if let code { otherError?.code = code }
    saysNo =
      detail != nil || code.map(Self.isRefusal) ?? false
      || ["success", "ok"].contains { container.lenient(Bool.self, $0) == false }
    index = container.integer("image_index")
    size = container.lenient(String.self, "size").flatMap { PixelSize($0) }
    outputFormat = container.lenient(String.self, "output_format").flatMap {
      ImageFormat(rawValue: $0.lowercased())
    }
    background = container.lenient(String.self, "background").map { $0.shown(limit: 40) }
    layer = PictureLayer(container)
    tools = ["tools", "tool"].flatMap { container.elements(ToolDocument.self, $0) }
      .compactMap { $0?.type?.shown(limit: 40) }
    status = container.lenient(String.self, "status")
    job =
      (container.lenient(String.self, "job_set_id")
      ?? container.integer("job_set_id").map(String.init)).flatMap { PendingJob(id: $0) }
    // Wrappers of wrappers of wrappers would let a server choose how deep this goes.
    wrapped =
      decoder.codingPath.count > 2
      ? []
      : ["data", "result", "response", "output"].compactMap { container.lenient(Self.self, $0) }
    for inner in wrapped {
      usage = usage ?? inner.usage
      model = model ?? inner.model
      error = error ?? inner.error
      job = job ?? inner.job
    }
  }

  /// Whether a code is another than those which relays put beside a success.
  private static func isRefusal(_ code: String) -> Bool {
    ![
      "", "0", "00000", "200", "201", "202", "ok", "success", "succeed", "succeeded", "1000",
      "10000",
    ]
    .contains(code.lowercased())
  }
}

extension ReplyDocument {
  /// What it says against the request; nil where it says nothing that is clear.
  var refusal: APIError? {
    error ?? (saysNo || progress == .failed ? otherError ?? .emptyReply : nil)
  }

  /// Adds to what it says against the request what stands outside of the text.
  mutating func nameError(status: Int, requestID: String?) {
    error?.status = status
    otherError?.status = status
    if error?.requestID == nil { error?.requestID = requestID }
  }

  /// Whether it says that the request was taken, whoever is to be asked what became of it.
  var saysTaken: Bool {
    let words = [
      "submitted", "queued", "in_queue", "pending", "accepted", "processing", "running",
      "in_progress", "starting",
    ]
    return job != nil || refusal == nil && words.contains(status?.lowercased() ?? "")
      || wrapped.contains(where: \.saysTaken)
  }

  enum Progress { case done, failed, pending }

  /// What the status means; one nobody knows means that the end is not reached.
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
