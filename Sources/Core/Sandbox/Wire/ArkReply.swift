import FoundationEssentials
import HTTP
import Posix
import Seedream

/// The words of the wire for one order: reply, events, errors.
///
/// Sources: Image generation API (doc 1541523), Streaming response (doc 1824137); the exact bytes as
/// they were measured on the live service.
struct ArkReply {
  let identity: ArkRequestIdentity
  /// Whether the client takes gzip.
  var admitsGzip = false

  /// One member of a set.
  enum Member {
    case url(String, DrawnPicture.Facts)
    case inline([UInt8], DrawnPicture.Facts)
    case refused(ArkRefusal)

    var isDrawn: Bool {
      if case .refused = self { return false }
      return true
    }

    var facts: DrawnPicture.Facts? {
      switch self {
      case .url(_, let facts), .inline(_, let facts): facts
      case .refused: nil
      }
    }

    /// Whether no further member is drawn: after an internal error, not after a refused picture.
    var endsSet: Bool {
      if case .refused(let refusal) = self { return refusal == .failed }
      return false
    }
  }

  /// The whole answer at once.
  func plain(_ order: ArkOrder, _ members: [Member]) -> HTTPReply {
    var body: [(String, JSONText)] = [
      ("model", .string(order.model)), ("created", .number(Self.now)),
      ("data", .array(members.map { .object(content(of: $0, order)) })),
    ]
    if order.usesTools { body.append(("tools", Self.tools)) }
    let drawn = members.count(where: \.isDrawn)
    let sizes = members.compactMap(\.facts?.size)
    body.append(
      ("usage", usage(order, drawn: drawn, pixels: sizes.reduce(0) { $0 + $1.pixelCount })))
    return json(200, .object(body))
  }

  /// The event that one member is done.
  func event(_ order: ArkOrder, _ index: Int, _ member: Member) -> String {
    let type = member.isDrawn ? "partial_succeeded" : "partial_failed"
    return event(
      type, order, [("image_index", .number(index))] + content(of: member, order))
  }

  /// The event that all is done, and the end mark.
  func end(_ order: ArkOrder, drawn: Int) -> String {
    var members = [("usage", usage(order, drawn: drawn, pixels: order.size.pixelCount * drawn))]
    if order.usesTools { members.append(("tools", Self.tools)) }
    return event("completed", order, members) + "data: [DONE]\n\n"
  }

  /// A request that is not drawn.
  func refusal(_ refusal: ArkRefusal) -> HTTPReply {
    let mark = refusal.status == 401 ? "request id" : "Request id"
    var reply = json(
      refusal.status,
      .object([
        (
          "error",
          .object([
            ("code", .string(refusal.code)),
            ("message", .string("\(refusal.message) \(mark): \(identity.requestID)")),
            ("param", .string(refusal.param)), ("type", .string(refusal.type)),
          ])
        )
      ]))
    if let seconds = refusal.retryAfter {
      reply.headers.append(HTTPHeader("Retry-After", "\(seconds)"))
    }
    if refusal.status == 401 {
      reply.headers.append(
        HTTPHeader("X-Error-Code", "AuthN_MissOrInvalidAuthorizationHeader"))
    }
    return reply
  }

  func json(_ status: Int, _ body: JSONText) -> HTTPReply {
    var headers = [HTTPHeader("Content-Type", "application/json; charset=utf-8")]
    var bytes = Array(body.description.utf8)
    if admitsGzip, let compressed = Gzip.compress(bytes) {
      headers += [HTTPHeader("Content-Encoding", "gzip"), HTTPHeader("Vary", "Accept-Encoding")]
      bytes = compressed
    }
    return HTTPReply(status: status, headers: headers + identity.headers, body: .bytes(bytes))
  }

  /// Seconds since 1970.
  private static var now: Int { Int(SystemClock.secondsSince1970) }

  private func event(
    _ name: String, _ order: ArkOrder, _ members: [(String, JSONText)]
  ) -> String {
    let type = "image_generation.\(name)"
    let data = JSONText.object(
      [
        ("type", .string(type)), ("model", .string(order.model)),
        ("created", .number(Self.now)),
      ] + members)
    return "event: \(type)\ndata: \(data)\n\n"
  }

  private func content(of member: Member, _ order: ArkOrder) -> [(String, JSONText)] {
    let picture: (String, JSONText)
    let facts: DrawnPicture.Facts
    switch member {
    case .refused(let refusal):
      // The request is named where something broke, not where a picture may not be shown.
      let mark = refusal == .failed ? " Request id: \(identity.requestID)" : ""
      let text = JSONText.string(refusal.message + mark)
      return [("error", .object([("code", .string(refusal.code)), ("message", text)]))]
    case .url(let url, let known): (picture, facts) = (("url", .string(url)), known)
    case .inline(let bytes, let known):
      (picture, facts) = (("b64_json", .plain(Data(bytes).base64EncodedString())), known)
    }
    let format = [("output_format", JSONText.string(order.format.rawValue))]
    let size = [("size", JSONText.string("\(facts.size)"))]
    let ground = order.isTransparent ? "transparent" : "opaque"
    let background = [("background", JSONText.string(ground))]
    return [picture] + (order.tellsSize ? size : []) + (order.tellsMore ? format : [])
      + (order.drawsAlpha && !order.isSplit ? background : []) + (facts.layer?.members ?? [])
  }

  /// One token is 256 pixels.
  private func usage(_ order: ArkOrder, drawn: Int, pixels: Int) -> JSONText {
    let tokens = (pixels + 128) / 256
    var members: [(String, JSONText)] = [("generated_images", .number(drawn))]
    if order.tellsSize {
      members += [("output_tokens", .number(tokens)), ("total_tokens", .number(tokens))]
    }
    if order.tellsMore { members.append(("input_images", .number(order.references.count))) }
    if order.usesTools {
      members.append(("tool_usage", .object([("web_search", .number(0))])))
    }
    return .object(members)
  }

  private static let tools = JSONText.array([.object([("type", .string("web_search"))])])
}
