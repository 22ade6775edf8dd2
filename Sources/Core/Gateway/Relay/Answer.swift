import HTTP
import Secrets
import Seedream

/// What the provider has begun to answer, judged by its head and its first bytes: pieces for the client,
/// verbatim where the form is the client's, else written anew.
final class Answer: Sendable {
  /// The longest reply that is collected, so that a cut is told by the status instead of a broken body.
  static let collected = 256 << 10

  let isEventStream: Bool
  private let source: Source
  private let redaction: Redaction

  private init(isEventStream: Bool, source: Source, redaction: Redaction) {
    self.isEventStream = isEventStream
    self.source = source
    self.redaction = redaction
  }

  /// - Throws: `Refusal` for an answer that is none.
  static func begin(
    _ call: UpstreamCall, _ reading: RequestReader.Reading, at endpoint: Endpoint
  ) async throws(Refusal) -> Answer {
    do {
      let incoming = try await call.open()
      guard (200..<300).contains(incoming.head.status) else {
        throw try await refusal(incoming, call.upstream)
      }
      var first: [UInt8] = []
      var lead: UInt8?
      // Enough to see the first member of a document.
      while lead == nil || lead == UInt8(ascii: "{") && first.count < 64,
        let piece = try await incoming.next()
      {
        first += piece
        // White space and a byte order mark; gateways mislabel, so that the first byte decides.
        lead = first.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if first.count > collected { break }
      }
      let isDocument = lead == UInt8(ascii: "{")
      // A short document is read whole: an error may stand anywhere in it.
      var isWhole = false
      while isDocument, !reading.wantsEvents, !isWhole, first.count <= collected {
        if let piece = try await incoming.next() { first += piece } else { isWhole = true }
      }
      // The first letters of a stream's fields, and of a comment; a page of some gateway has another.
      let isStream = lead.map { ":deir".utf8.contains($0) } ?? false
      let isVerbatim =
        call.upstream.dialect.polling == nil && (reading.wantsEvents ? isStream : isDocument)
        && (endpoint != .unified || reading.wantsEvents) && !isError(first)
      if isVerbatim {
        if isWhole, let refusal = refusal(in: first, of: incoming.head, call.upstream) {
          throw refusal
        }
        return Answer(
          isEventStream: !isDocument, source: .verbatim(first: first, incoming),
          redaction: call.upstream.redaction)
      }
      let rewriting = Rewriting(
        call, incoming,
        ReplyRewriter(
          form: reading.wantsEvents ? .events : .document, model: reading.modelName,
          created: call.identity.created))
      try await rewriting.begin(with: first)
      return Answer(
        isEventStream: reading.wantsEvents, source: .rewritten(rewriting),
        redaction: call.upstream.redaction)
    } catch let refusal as Refusal {
      throw refusal
    } catch let error as HTTPError {
      throw Refusal(error)
    } catch {
      // The provider has answered, and its answer cannot be told.
      var refusal = Refusal.broken
      refusal.message = "The provider's reply cannot be passed on: \(error)"
      throw refusal
    }
  }

  /// The provider's id of the request, if it came with the head.
  var requestID: String? { incoming.head["X-Request-Id"].map(redaction.text) }

  /// Whether the provider's reply is short and of known length, so that it need not be passed on as it comes.
  var isShort: Bool {
    guard !isEventStream else { return false }
    return incoming.length.map { $0 <= Self.collected } ?? false
  }

  /// Hands over all pieces in order, without secrets.
  ///
  /// - Throws: `HTTPError` of the provider's side, `ReplyRewriter.Broken`.
  func pieces(_ take: ([UInt8]) async -> Void) async throws {
    var clean = RedactedStream(redaction)
    func pass(_ bytes: [UInt8]) async {
      if !bytes.isEmpty { await take(bytes) }
    }
    switch source {
    case .verbatim(let first, let incoming):
      await pass(clean.take(first))
      while let piece = try await incoming.next() { await pass(clean.take(piece)) }
    case .rewritten(let rewriting):
      try await rewriting.pieces { await pass(clean.take($0)) }
    }
    await pass(clean.finish())
  }

  /// Whether a document begins with an error: some gateways send one with status 200.
  private static func isError(_ first: [UInt8]) -> Bool {
    let text = String(decoding: first.prefix(256), as: UTF8.self).filter { !$0.isWhitespace }
    return text.hasPrefix("{\"error\":")
  }

  /// Why a whole document has no picture; nil for one that has, or may have.
  private static func refusal(
    in document: [UInt8], of head: HTTPResponseHead, _ upstream: Upstream
  ) -> Refusal? {
    var parser = ReplyParser(
      status: head.status, requestID: head["X-Request-Id"], dialect: upstream.dialect)
    let events = parser.consume(document) + parser.finish()
    switch events.last {
    case .failed(let error)?:
      return Refusal(upstream.withoutSecrets(error), RequestOutcome(of: error))
    case .unreadable(let error)?:
      // One picture of several is handed over as it came.
      let hasPicture = events.contains { if case .picture = $0 { true } else { false } }
      return hasPicture ? nil : Refusal(unreadable: upstream.withoutSecrets(error))
    default: return nil
    }
  }

  private enum Source: Sendable {
    case verbatim(first: [UInt8], HTTPIncoming)
    case rewritten(Rewriting)
  }

  private var incoming: HTTPIncoming {
    switch source {
    case .verbatim(_, let incoming): incoming
    case .rewritten(let rewriting): rewriting.incoming
    }
  }

  private static func refusal(
    _ incoming: HTTPIncoming, _ upstream: Upstream
  ) async throws(HTTPError) -> Refusal {
    var body: [UInt8] = []
    while body.count < collected, let piece = try await incoming.next() { body += piece }
    let head = incoming.head
    var error = upstream.withoutSecrets(
      APIError(status: head.status, body: body, requestID: head["X-Request-Id"])
        .leading(to: head["Location"]))
    if error.message.isEmpty {
      error.message = "The provider answered with the status \(head.status) and no words."
    }
    let asksToWait = head["Retry-After"] != nil
    var refusal = Refusal(error, RequestOutcome(of: error, asksToWait: asksToWait))
    refusal.retryAfter = head["Retry-After"].map(upstream.redaction.name)
    return refusal
  }
}

extension Refusal {
  /// What broke on the way to the provider.
  init(_ error: HTTPError) {
    let isLate = if case .timedOut = error.code { true } else { false }
    let outcome = RequestOutcome(mayHaveBeenSent: error.requestMayHaveBeenSent)
    let code = isLate ? "GatewayTimeout" : "BadGateway"
    self.init(
      status: isLate ? 504 : 502, code: outcome == .unknown ? Self.outcomeUnknown : code,
      message: "The provider did not answer: \(error.message)", type: "InternalServerError",
      outcome: outcome)
  }
}
