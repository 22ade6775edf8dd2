import HTTP
import Seedream

/// In which words an endpoint says no.
enum RefusalStyle: Sendable {
  /// The vendor's envelope.
  case ark
  /// `detail`, as FastAPI has it, and beside it the vendor's `error`.
  case detail
  /// `{"error": "a sentence"}`.
  case text

  func reply(_ refusal: Refusal, _ identity: RequestIdentity) -> HTTPReply {
    let identity = identity.named(byProvider: refusal.requestID)
    var reply = HTTPReply.json(status(refusal), body(refusal, identity))
    reply.headers += identity.headers
    if refusal.status == 401 {
      reply.headers.append(HTTPHeader("X-Error-Code", "AuthN_MissOrInvalidAuthorizationHeader"))
      reply.headers.append(HTTPHeader("WWW-Authenticate", "Bearer"))
    }
    if let pause = refusal.retryAfter { reply.headers.append(HTTPHeader("Retry-After", pause)) }
    // The vendor's and OpenAI's libraries heed it, and would send a picture's price again without it.
    let mayBeSentAgain = refusal.outcome == .notGenerated
    reply.headers.append(HTTPHeader("X-Should-Retry", mayBeSentAgain ? "true" : "false"))
    return reply
  }

  private func status(_ refusal: Refusal) -> Int {
    self == .detail && !refusal.faults.isEmpty ? 422 : refusal.status
  }

  /// The body of an answer.
  func body(_ refusal: Refusal, _ identity: RequestIdentity) -> JSONText {
    let error = JSONText.object([
      ("code", .string(refusal.code)), ("message", .string(message(refusal, identity))),
      ("param", .string(refusal.param)), ("type", .string(refusal.type)),
    ])
    switch self {
    case .ark: return .object([("error", error)])
    case .text:
      let words = refusal.faults.first.map(Self.sentence) ?? refusal.message
      return .object([("error", .string(words))])
    case .detail:
      let detail =
        refusal.faults.isEmpty
        ? JSONText.string(refusal.message) : .array(refusal.faults.map(Self.detail))
      return .object([("detail", detail), ("error", error)])
    }
  }

  private func message(_ refusal: Refusal, _ identity: RequestIdentity) -> String {
    if refusal.isProviders { return refusal.message }
    let mark = refusal.status == 401 ? "request id" : "Request id"
    return "\(refusal.message) \(mark): \(identity.requestID)"
  }

  private static func detail(_ fault: MemberFault) -> JSONText {
    var members: [(String, JSONText)] = [
      ("loc", .array((["body"] + fault.path).map { .string($0) })),
      ("msg", .string(fault.kind == .missing ? "Field required" : fault.reason)),
      ("type", .string(fault.kind.rawValue)),
    ]
    if !fault.legal.isEmpty {
      members.append(("legal", .array(fault.legal.map { .string($0) })))
    }
    return .object(members)
  }

  private static func sentence(_ fault: MemberFault) -> String {
    let legal = fault.legal.isEmpty ? "" : " (try \(fault.legal.joined(separator: " or ")))"
    return "\(fault.name): \(fault.reason)\(legal)"
  }
}
