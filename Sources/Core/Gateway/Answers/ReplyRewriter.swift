import Seedream

/// Writes a reply anew, in another form than the provider's, while it arrives. Of pictures inside it only their
/// places are written: whoever has their bytes puts them there.
struct ReplyRewriter {
  enum Form: Sendable {
    /// One JSON document, with the members of the seed's `usage` beside the vendor's.
    case document
    /// A stream of events.
    case events
  }

  /// What is written.
  enum Piece: Equatable, Sendable {
    case text([UInt8])
    /// The base64 of an image of the reply, numbered as there.
    case image(Int)
  }

  let form: Form
  private let model: String
  private let created: Int
  private var members = 0
  private var drawn = 0
  private var sizes: [PixelSize] = []
  private var completion: Completion?

  /// - Parameter model: As the client spelled it.
  init(form: Form, model: String, created: Int) {
    self.form = form
    self.model = model
    self.created = created
  }

  /// What a reply begins with.
  var head: String {
    switch form {
    case .document:
      "{\"model\":\(JSONText.string(model)),\"created\":\(created),\"data\":["
    case .events: ""
    }
  }

  /// What one event becomes.
  mutating func take(_ event: ReplyEvent) -> [Piece] {
    switch event {
    case .imageBytes, .imageDropped, .ignored: return []
    case .picture(let picture):
      drawn += 1
      if let size = picture.size { sizes.append(size) }
      return write(picture)
    case .memberRefused(let index, let error):
      return [text(member("partial_failed", [("image_index", .number(index))], error: error))]
    case .completed(let said):
      completion = said
      return []
    case .finished: return end(nil)
    case .failed(let error), .unreadable(let error): return end(error)
    case .interrupted:
      return end(APIError(code: "Interrupted", message: "The provider's reply broke off."))
    case .abandoned(let fault):
      return end(APIError(code: "Abandoned", message: fault.sentence))
    }
  }

  private func text(_ text: String) -> Piece { .text(Array(text.utf8)) }

  // MARK: Pictures

  private mutating func write(_ picture: PictureReply) -> [Piece] {
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
      return [text(member("partial_succeeded", [("image_index", .number(picture.index))], fields))]
    case .inline(let image, _):
      switch form {
      case .document:
        let rest = (facts.isEmpty ? "" : ",") + JSONText.fields(facts)
        return [text(separator() + "{\"b64_json\":\""), .image(image), text("\"\(rest)}")]
      case .events:
        let rest = JSONText.fields(facts + [("image_index", .number(picture.index))] + origin)
        return [
          text(Self.start("partial_succeeded") + ",\"b64_json\":\""), .image(image),
          text("\",\(rest)}\n\n"),
        ]
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

  private mutating func end(_ error: APIError?) -> [Piece] {
    let fault = (error ?? completion?.error).map { [("error", Self.fault($0))] } ?? []
    switch form {
    case .document:
      let aliases: [(String, JSONText)] = [
        ("prompt_tokens", .number(0)), ("completion_tokens", .number(tokens)),
      ]
      let rest = fault + [("usage", JSONText.object(usage + aliases))]
      return [text("],\(JSONText.fields(rest))}")]
    case .events:
      if let error { return [text("event: error\ndata: {\(Self.error(error))}\n\n")] }
      let rest = origin + [("usage", JSONText.object(usage))] + fault
      return [
        text(Self.start("completed") + ",\(JSONText.fields(rest))}\n\ndata: [DONE]\n\n")
      ]
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
}
