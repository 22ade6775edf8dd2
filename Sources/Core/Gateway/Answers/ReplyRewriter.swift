import FoundationEssentials
import Seedream

/// Writes a reply anew, in another form than the provider's, while it arrives. Pictures inside it pass
/// piece by piece.
struct ReplyRewriter {
  enum Form: Sendable {
    /// One JSON document, with the members of the seed's `usage` beside the vendor's.
    case document
    /// A stream of events.
    case events
  }

  private let form: Form
  private let model: String
  private let created: Int
  private var members = 0
  private var drawn = 0
  private var sizes: [PixelSize] = []
  private var completion: Completion?
  /// The picture whose base64 is being written, and the bytes that do not yet make a group of four letters.
  private var open: (image: Int, carry: [UInt8])?

  /// - Parameter model: As the client spelled it.
  init(form: Form, model: String, created: Int) {
    self.form = form
    self.model = model
    self.created = created
  }

  /// A reply that cannot be told in this form any more: the connection has to be cut.
  struct Broken: Error {}

  /// What a reply begins with.
  var head: String {
    switch form {
    case .document:
      "{\"model\":\(JSONText.string(model)),\"created\":\(created),\"data\":["
    case .events: ""
    }
  }

  /// The bytes that one event becomes.
  mutating func take(_ event: ReplyEvent) throws(Broken) -> [UInt8] {
    switch event {
    case .imageBytes(let image, let bytes): return try take(bytes, of: image)
    case .imageDropped(let image):
      guard open?.image == image else { return [] }
      guard form == .document else { throw Broken() }
      return try close()
        + Array(",\(Self.error("DamagedImage", "The picture arrived damaged."))}".utf8)
    case .picture(let picture):
      drawn += 1
      if let size = picture.size { sizes.append(size) }
      return try write(picture)
    case .memberRefused(let index, let error):
      return Array(
        member("partial_failed", [("image_index", .number(index))], error: error).utf8)
    case .completed(let said):
      completion = said
      return []
    case .ignored: return []
    case .finished: return try end(nil)
    case .failed(let error), .unreadable(let error): return try end(error)
    case .interrupted:
      return try end(APIError(code: "Interrupted", message: "The provider's reply broke off."))
    case .abandoned(let fault):
      return try end(APIError(code: "Abandoned", message: fault.sentence))
    }
  }

  // MARK: Pictures

  private mutating func take(_ bytes: [UInt8], of image: Int) throws(Broken) -> [UInt8] {
    var text: [UInt8] = []
    if open?.image != image {
      guard open == nil else { throw Broken() }
      open = (image, [])
      switch form {
      case .document: text += (separator() + "{\"b64_json\":\"").utf8
      case .events: text += (Self.start("partial_succeeded") + ",\"b64_json\":\"").utf8
      }
    }
    let all = (open?.carry ?? []) + bytes
    let whole = all.count / 3 * 3
    text += Data(all[..<whole]).base64EncodedString().utf8
    open?.carry = Array(all[whole...])
    return text
  }

  /// Ends the string of the open picture.
  private mutating func close() throws(Broken) -> [UInt8] {
    guard let last = open else { throw Broken() }
    open = nil
    return Array(Data(last.carry).base64EncodedString().utf8) + [UInt8(ascii: "\"")]
  }

  private mutating func write(_ picture: PictureReply) throws(Broken) -> [UInt8] {
    var facts: [(String, JSONText)] = []
    if let size = picture.size { facts.append(("size", .string("\(size)"))) }
    if let format = picture.outputFormat {
      facts.append(("output_format", .string(format.rawValue)))
    }
    if let background = picture.background { facts.append(("background", .string(background))) }
    facts += picture.layer?.members ?? []
    switch picture.source {
    case .url(let url):
      let fields = [("url", JSONText.string(url))] + facts
      return Array(
        member("partial_succeeded", [("image_index", .number(picture.index))], fields).utf8)
    case .inline:
      switch form {
      case .document:
        return try close() + Array(((facts.isEmpty ? "" : ",") + JSONText.fields(facts) + "}").utf8)
      case .events:
        let rest = facts + [("image_index", JSONText.number(picture.index))] + origin
        return try close() + Array(",\(JSONText.fields(rest))}\n\n".utf8)
      }
    }
  }

  // MARK: Members and the end

  private mutating func member(
    _ name: String, _ place: [(String, JSONText)], _ fields: [(String, JSONText)] = [],
    error: APIError? = nil
  ) -> String {
    let fault = error.map { [("error", Self.fault($0))] } ?? []
    switch form {
    case .document: return separator() + "{\(JSONText.fields(fields + fault))}"
    case .events:
      return Self.start(name) + ",\(JSONText.fields(origin + place + fields + fault))}\n\n"
    }
  }

  private mutating func end(_ error: APIError?) throws(Broken) -> [UInt8] {
    guard open == nil else { throw Broken() }
    let fault = (error ?? completion?.error).map { [("error", Self.fault($0))] } ?? []
    switch form {
    case .document:
      let aliases: [(String, JSONText)] = [
        ("prompt_tokens", .number(0)), ("completion_tokens", .number(tokens)),
      ]
      let rest = fault + [("usage", JSONText.object(usage + aliases))]
      return Array("],\(JSONText.fields(rest))}".utf8)
    case .events:
      if let error { return Array("event: error\ndata: {\(Self.error(error))}\n\n".utf8) }
      let rest = origin + [("usage", JSONText.object(usage))] + fault
      return Array(
        (Self.start("completed") + ",\(JSONText.fields(rest))}\n\ndata: [DONE]\n\n").utf8)
    }
  }

  private mutating func separator() -> String {
    members += 1
    return members > 1 ? "," : ""
  }

  private var origin: [(String, JSONText)] {
    [
      ("model", .string(completion?.model ?? model)),
      ("created", .number(completion?.created ?? created)),
    ]
  }

  private var tokens: Int { completion?.usage.outputTokens ?? Usage.tokens(of: sizes) }

  private var usage: [(String, JSONText)] {
    [
      ("generated_images", .number(completion?.usage.generatedImages ?? drawn)),
      ("output_tokens", .number(tokens)),
      ("total_tokens", .number(completion?.usage.totalTokens ?? tokens)),
    ] + (completion?.usage.inputImages.map { [("input_images", .number($0))] } ?? [])
  }

  /// The beginning of an event: `type` comes first.
  private static func start(_ name: String) -> String {
    "event: image_generation.\(name)\ndata: {\"type\":\"image_generation.\(name)\""
  }

  private static func fault(_ error: APIError) -> JSONText {
    .object([("code", .string(error.code)), ("message", .string(error.message))])
  }

  private static func error(_ error: APIError) -> String {
    JSONText.fields([("error", fault(error))])
  }

  private static func error(_ code: String, _ message: String) -> String {
    error(APIError(code: code, message: message))
  }
}
