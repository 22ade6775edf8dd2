import HTTP
import Secrets
import Seedream

/// What the provider has begun to answer, judged by its head and its first bytes: pieces for the client,
/// verbatim where the form is the client's, else written anew.
///
/// After the money is spent everything is handed over: what nobody can read goes on as it is, and of what breaks
/// off the pictures that came.
final class Answer: Sendable {
  /// The longest reply that is collected, so that a cut is told by the status instead of a broken body.
  static let collected = 256 << 10

  let isEventStream: Bool
  private let source: Source
  private let incoming: HTTPIncoming
  /// Where the request went.
  private let address: String
  private let redaction: Redaction

  private enum Source: Sendable {
    case whole(RawReply)
    case verbatim(first: [UInt8])
    case rewritten(Rewriting)
  }

  private init(
    _ source: Source, _ incoming: HTTPIncoming, _ call: UpstreamCall, isEventStream: Bool
  ) {
    self.isEventStream = isEventStream
    self.source = source
    self.incoming = incoming
    address = call.address
    redaction = call.upstream.redaction
  }

  /// - Throws: `Refusal` for an answer that is none.
  static func begin(
    _ call: UpstreamCall, _ reading: RequestReader.Reading, at endpoint: Endpoint
  ) async throws(Refusal) -> Answer {
    do {
      let incoming = try await call.open()
      guard (200..<300).contains(incoming.head.status) else {
        return try await rewritten([], incoming, call, reading)
      }
      var opening = Opening(incoming)
      // Enough to see the first member of a document.
      await opening.read {
        $0.lead == nil && $0.first.count <= collected
          || $0.lead == UInt8(ascii: "{") && $0.first.count < 64
      }
      if let failure = opening.failure, opening.lead == nil { throw failure }
      let isDocument = opening.lead == UInt8(ascii: "{")
      // Base64 and `data:` addresses may begin like the fields of a stream.
      await opening.read { "di".utf8.contains($0.lead ?? 0) && BareWord.begins($0.text) == nil }
      // The first letters of a stream's fields, and of a comment; a page of some gateway has another.
      let isStream =
        opening.lead.map { ":deir".utf8.contains($0) } ?? false
        && BareWord.begins(opening.text) != true
      // A short document is read whole: an error may stand anywhere in it.
      if isDocument, !reading.wantsEvents { await opening.read { $0.first.count <= collected } }
      let isVerbatim =
        call.upstream.dialect.polling == nil && (reading.wantsEvents ? isStream : isDocument)
        && (endpoint != .unified || reading.wantsEvents) && !isError(opening.first)
      if isVerbatim, reading.wantsEvents || !opening.isOver {
        return Answer(
          .verbatim(first: opening.first), incoming, call, isEventStream: reading.wantsEvents)
      }
      if isVerbatim, let whole = try judge(opening, of: incoming.head, call) {
        return Answer(.whole(whole), incoming, call, isEventStream: false)
      }
      return try await rewritten(opening.first, incoming, call, reading)
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

  /// - Parameter first: What has come of it.
  private static func rewritten(
    _ first: [UInt8], _ incoming: HTTPIncoming, _ call: UpstreamCall,
    _ reading: RequestReader.Reading
  ) async throws -> Answer {
    let rewriting = Rewriting(
      call, incoming,
      ReplyRewriter(
        form: reading.wantsEvents ? .events : .document, model: reading.modelName,
        created: call.identity.created))
    try await rewriting.begin(with: first)
    return Answer(.rewritten(rewriting), incoming, call, isEventStream: reading.wantsEvents)
  }

  /// The provider's id of the request, if it came with the head.
  var requestID: String? { incoming.head["X-Request-Id"].map(redaction.text) }

  /// Whether the provider's reply is short and of known length, so that it need not be passed on as it comes.
  var isShort: Bool {
    guard !isEventStream else { return false }
    return raw != nil || incoming.length.map { $0 <= Self.collected } ?? false
  }

  /// The reply in the provider's own words, where it is handed over as a whole.
  private var raw: RawReply? {
    switch source {
    case .whole(let raw): raw
    case .verbatim: nil
    case .rewritten(let rewriting): rewriting.raw
    }
  }

  var contentType: String? { isEventStream ? nil : raw?.contentType }

  /// Hands over all pieces in order, without secrets.
  ///
  /// - Throws: `HTTPError` where the provider's side broke, and `PosixError` of what was put on the disk.
  func pieces(_ take: ([UInt8]) async -> Void) async throws {
    var clean = RedactedStream(redaction)
    func pass(_ bytes: [UInt8]) async {
      if !bytes.isEmpty { await take(bytes) }
    }
    switch source {
    case .whole(let raw): await pass(clean.take(raw.text))
    case .verbatim(let first):
      var end = ReplyEnd(isEventStream: isEventStream)
      var whole = Whole(isEventStream: isEventStream, base: address)
      end.take(first)
      await pass(clean.take(whole.take(first)))
      do throws(HTTPError) {
        while let piece = try await incoming.next() {
          end.take(piece)
          await pass(clean.take(whole.take(piece)))
        }
      } catch {
        await pass(clean.take(whole.finish()))
        // What breaks behind the last word takes nothing away.
        guard end.isReached else { throw error }
      }
      await pass(clean.take(whole.finish()))
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

  /// What a short document comes to whose transfer is over; nil where it has pictures and is torn, or not in the
  /// vendor's form: they are then written anew.
  ///
  /// - Throws: `Refusal` where it says no itself, and where there is nothing in it.
  private static func judge(
    _ opening: Opening, of head: HTTPResponseHead, _ call: UpstreamCall
  ) throws -> RawReply? {
    var parser = ReplyParser(
      status: head.status, requestID: head["X-Request-Id"], dialect: call.upstream.dialect,
      address: call.address)
    let events =
      parser.consume(opening.first) + parser.finish(isCut: opening.failure != nil)
    let raw = RawReply(opening.first)
    let hasPicture = events.contains(where: \.namesPicture)
    switch events.last {
    case .failed(let error)?:
      throw Refusal(call.upstream.withoutSecrets(error), RequestOutcome(of: error))
    case .unreadable(let error)? where !hasPicture && !raw.mayHoldPicture:
      throw Refusal(unreadable: call.upstream.withoutSecrets(error))
    case .interrupted? where hasPicture, .abandoned? where hasPicture: return nil
    case .interrupted?, .abandoned?:
      if let failure = opening.failure { throw failure }
      return raw
    // Clients look for pictures in one place only.
    case _ where hasPicture && raw.picturesInData < events.count(where: \.namesPicture): return nil
    default:
      let addresses = Set(events.compactMap(\.address))
      return RawReply(
        AbsoluteAddresses.inserted(in: raw.text, of: addresses, base: call.address))
    }
  }
}

/// Makes the addresses of a reply that passes verbatim absolute, in the form that it has.
private struct Whole {
  private var lines: AbsoluteLines?
  private var document: AbsoluteDocument?

  init(isEventStream: Bool, base: String) {
    if isEventStream {
      lines = AbsoluteLines(base: base)
    } else {
      document = AbsoluteDocument(base: base)
    }
  }

  mutating func take(_ piece: [UInt8]) -> [UInt8] {
    lines?.take(piece) ?? document?.take(piece) ?? piece
  }

  mutating func finish() -> [UInt8] { lines?.finish() ?? document?.finish() ?? [] }
}

/// What a reply begins with, and how far it has come.
private struct Opening {
  private(set) var first: [UInt8] = []
  /// The first byte that is neither white space nor of a byte order mark; gateways mislabel, so that it decides.
  private(set) var lead: UInt8?
  /// From there on.
  var text: ArraySlice<UInt8> { first.drop { Self.padding.contains($0) } }
  private static let padding: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
  /// Whether no more comes, however that ended.
  private(set) var isOver = false
  private(set) var failure: HTTPError?
  private let incoming: HTTPIncoming

  init(_ incoming: HTTPIncoming) { self.incoming = incoming }

  /// Reads on as long as more is wanted and comes.
  mutating func read(while isWanted: (Opening) -> Bool) async {
    while !isOver, isWanted(self) {
      do throws(HTTPError) {
        if let piece = try await incoming.next() {
          first += piece
          lead = lead ?? piece.first { !Self.padding.contains($0) }
        } else {
          isOver = true
        }
      } catch {
        (failure, isOver) = (error, true)
      }
    }
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
