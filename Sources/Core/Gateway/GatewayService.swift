import HTTP
import Secrets
import Seedream
import Synchronization

/// Answers the requests of the gateway's endpoints.
final class GatewayService: Sendable {
  let client: HTTPClient
  let metrics = Metrics()
  let inFlight = InFlightRequests()
  let log: @Sendable (String) -> Void
  let upstream: Upstream
  /// Nil where requests go straight to the provider.
  let recorder: Recorder?
  /// Whether a request that equals another one of the same client may be a further try of it.
  let joinsEqual: Bool
  let unknownOutcomes = UnknownOutcomes()
  let reader: RequestReader
  let notices: @Sendable () -> [String: LifeNotice]
  private let admission: Admission
  private let description: Description
  private let isClosed = Atomic<Bool>(false)

  init(
    upstream: Upstream, recorder: Recorder?, options: GatewayOptions, on address: ListenAddress,
    log: @escaping @Sendable (String) -> Void
  ) throws(HTTPError) {
    client = try HTTPClient(userAgent: options.program.replacing(" ", with: "/"))
    let upstream = upstream.hiding(options.keys?.texts ?? [])
    self.upstream = upstream
    self.recorder = recorder
    joinsEqual = options.joinsEqual
    self.log = { log(upstream.redaction.text($0)) }
    var dialect = upstream.dialect
    // What this gateway has given out is a reference of the next picture; the sandbox asks no other address.
    if upstream.isSandbox, recorder == nil { dialect.limits.privateReferences = true }
    reader = RequestReader(
      catalogue: options.catalogue, dialect: dialect,
      standardModel: options.standardModel, notices: options.notices,
      makesJobs: recorder != nil)
    notices = options.notices
    admission = Admission(
      keys: options.keys, hosts: Set(options.hosts.map { $0.lowercased() } + [address.host]))
    description = Description(
      program: options.program, provider: upstream.name, needsKey: options.keys != nil,
      isSandbox: upstream.isSandbox && recorder == nil, records: recorder != nil,
      bodyLimit: options.maximumBodyBytes, reader: reader)
  }

  /// Takes no further requests for pictures.
  func close() { isClosed.store(true, ordering: .sequentiallyConsistent) }

  /// The reply to a request that can be answered by its head, before its body is kept: a refusal, or a word
  /// about the gateway itself, which must not wait for what others have it compute. Nil for all others.
  func refusal(to request: HTTPServerRequest) -> HTTPReply? {
    do throws(Refusal) {
      try admission.checkHost(of: request)
      guard let endpoint = Endpoint(path: request.path) else { throw .notFound }
      guard endpoint.methods.contains(request.method) else { throw .wrongMethod }
      try admission.check(request, at: endpoint)
      if endpoint.methods == ["POST"] { try Self.checkType(of: request) }
      guard let reply = status(at: endpoint) else { return nil }
      RequestScope(request, at: endpoint, of: self).answered(reply.status)
      return reply
    } catch {
      return told(error, request)
    }
  }

  /// The reply to a request with too large a body.
  func tooLarge(_ request: HTTPServerRequest, limit: Int) -> HTTPReply {
    told(.tooLarge(limit: limit), request)
  }

  /// The reply to a request for whose body there is no room beside the others.
  func crowded(_ request: HTTPServerRequest) -> HTTPReply {
    told(.crowded, request)
  }

  /// The reply to a request that does not come to its end.
  func overdue(_ request: HTTPServerRequest) -> HTTPReply {
    told(.overdue, request)
  }

  /// The reply to a request that is not proper HTTP; of some nothing is known.
  func malformed(_ request: HTTPServerRequest, status: Int, _ sentence: String) -> HTTPReply {
    told(
      Refusal(status: status, code: "BadRequest", message: sentence, type: "BadRequest"), request)
  }

  /// The reply to a request that `refusal(to:)` has let in.
  func reply(to request: HTTPServerRequest) async -> HTTPReply {
    guard let endpoint = Endpoint(path: request.path) else { return HTTPReply(status: 404) }
    let scope = RequestScope(request, at: endpoint, of: self)
    let reply: HTTPReply
    do throws(Refusal) {
      reply = try await answer(request, at: endpoint, scope)
    } catch {
      reply = endpoint.style.reply(error.without(upstream.redaction), scope.identity)
    }
    scope.answered(reply.status)
    return reply
  }

  private func told(_ refusal: Refusal, _ request: HTTPServerRequest) -> HTTPReply {
    let endpoint = Endpoint(path: request.path)
    let scope = RequestScope(request, at: endpoint, of: self)
    scope.answered(refusal.status)
    // The vendor answers unknown paths with nothing.
    if endpoint == nil, request.path.hasPrefix("/api/") {
      return HTTPReply(
        status: refusal.status,
        headers: scope.identity.headers + [HTTPHeader("X-Should-Retry", "false")])
    }
    var reply = (endpoint?.style ?? .detail).reply(
      refusal.without(upstream.redaction), scope.identity)
    if let endpoint, refusal == .wrongMethod {
      reply.headers.append(HTTPHeader("Allow", endpoint.methods.joined(separator: ", ")))
    }
    return reply
  }

  private func answer(
    _ request: HTTPServerRequest, at endpoint: Endpoint, _ scope: RequestScope
  ) async throws(Refusal) -> HTTPReply {
    switch endpoint {
    case .unified, .ark, .openAI, .edit: return try await generate(request, at: endpoint, scope)
    case .results: throw try results(request)
    case .models, .arkModels:
      var reply = HTTPReply.json(
        200,
        reader.catalogue.list(
          for: reader.dialect, as: endpoint == .models ? .openAI : .ark, notices: notices()))
      reply.headers += scope.identity.headers
      return reply
    case .files: return try await file(request)
    case .description: return .json(200, description.openAPI)
    case .docs: return description.page(at: request.origin)
    case .health, .metrics: return status(at: endpoint) ?? HTTPReply(status: 404)
    }
  }

  /// How the gateway is; nil at the endpoints that say something else.
  private func status(at endpoint: Endpoint) -> HTTPReply? {
    switch endpoint {
    case .health:
      let isOpen = !isClosed.load(ordering: .sequentiallyConsistent)
      return .text(isOpen ? 200 : 503, isOpen ? "ok" : "ending")
    case .metrics:
      return HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
        body: .bytes(Array(metrics.text.utf8)))
    default: return nil
    }
  }

  // MARK: Pictures

  private func generate(
    _ request: HTTPServerRequest, at endpoint: Endpoint, _ scope: RequestScope
  ) async throws(Refusal) -> HTTPReply {
    if isClosed.load(ordering: .sequentiallyConsistent) { throw .ending }
    let reading = try reader.read(
      request.body, at: endpoint,
      acceptsEvents: request.header("Accept")?.contains("text/event-stream") ?? false)
    let sentence = lifeSentence(of: reading, at: endpoint)
    if let sentence { scope.note(sentence) }
    var reply: HTTPReply
    do throws(Refusal) {
      reply = try await answer(reading, for: request, at: endpoint, scope)
    } catch {
      reply = endpoint.style.reply(error.without(upstream.redaction), scope.identity)
    }
    reply.headers += Self.header(sentence)
    return reply
  }

  private func answer(
    _ reading: RequestReader.Reading, for request: HTTPServerRequest, at endpoint: Endpoint,
    _ scope: RequestScope
  ) async throws(Refusal) -> HTTPReply {
    if let recorder { return try await record(reading, for: request, by: recorder, scope) }
    let key = joinsEqual ? UnknownOutcomes.Key(request) : nil
    if let refusal = key.flatMap(unknownOutcomes.refusal) {
      scope.note("asked again at once, and not sent again")
      throw refusal
    }
    do throws(Refusal) {
      return try await send(reading, for: request, at: endpoint, key, scope)
    } catch {
      if let key { unknownOutcomes.note(error, of: key) }
      throw error
    }
  }

  private func send(
    _ reading: RequestReader.Reading, for request: HTTPServerRequest, at endpoint: Endpoint,
    _ key: UnknownOutcomes.Key?, _ scope: RequestScope
  ) async throws(Refusal) -> HTTPReply {
    var reading = reading
    let call = try UpstreamCall(
      reading, for: request, to: upstream, identity: scope.identity, client: client)
    // They are in the body that leaves, and may be most of what is in memory.
    reading.request.references = []
    // What has left is paid for, and its reply is read though nobody waits for it.
    let outcome: Result<Answer, Refusal>
    do throws(Refusal) {
      outcome = .success(try await Answer.begin(call, reading, at: endpoint))
    } catch {
      outcome = .failure(error)
    }
    guard !Task.isCancelled else {
      if let key, case .failure(let refusal) = outcome { unknownOutcomes.note(refusal, of: key) }
      return await forNobody(outcome, scope)
    }
    return try await reply(with: outcome.get(), scope)
  }

  private func reply(with answer: Answer, _ scope: RequestScope) async throws(Refusal) -> HTTPReply
  {
    let headers = scope.identity.named(byProvider: answer.requestID).headers
    guard answer.isShort else {
      return HTTPReply(
        headers: Self.headers(isEventStream: answer.isEventStream) + headers,
        body: .stream { writer in await self.pass(answer, to: writer, scope) })
    }
    do {
      var body: [UInt8] = []
      try await answer.pieces { body += $0 }
      let type = answer.contentType.map { [HTTPHeader("Content-Type", $0)] }
      return HTTPReply(
        headers: (type ?? Self.headers(isEventStream: false)) + headers, body: .bytes(body))
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      scope.note("the provider's reply broke off")
      throw .broken
    }
  }

  /// Passes an answer on as it arrives, and reads it to its end where the client has gone away.
  private func pass(_ answer: Answer, to writer: HTTPReplyWriter, _ scope: RequestScope) async {
    metrics.streamBegan()
    defer { metrics.streamEnded() }
    var isGone = false
    do {
      try await answer.pieces { piece in
        guard !isGone else { return }
        do {
          try await writer.write(piece)
        } catch {
          isGone = true
          scope.left("the reply is read to its end")
        }
      }
    } catch {
      scope.note("the provider's reply broke off")
      writer.cut()
    }
  }

  /// The client went away before there was anything to send it.
  private func forNobody(
    _ outcome: Result<Answer, Refusal>, _ scope: RequestScope
  ) async -> HTTPReply {
    switch outcome {
    case .success(let answer):
      do {
        try await answer.pieces { _ in }
        scope.left("the reply was read to its end")
      } catch {
        scope.left("the provider's reply broke off")
      }
    case .failure(let refusal):
      let wasSent = refusal.isProviders || refusal.outcome == .unknown
      scope.left(wasSent ? "what was sent is not called back" : "nothing was sent")
    }
    return HTTPReply(status: 499)
  }

  static func headers(isEventStream: Bool) -> [HTTPHeader] {
    guard isEventStream else {
      return [HTTPHeader("Content-Type", "application/json; charset=utf-8")]
    }
    return [
      HTTPHeader("Content-Type", "text/event-stream"), HTTPHeader("Cache-Control", "no-cache"),
      // Tells nginx to pass events on as they come.
      HTTPHeader("X-Accel-Buffering", "no"),
    ]
  }

  /// Pages of the web can send any other type without asking first, see the fetch standard's "CORS-safelisted
  /// request-header".
  private static func checkType(of request: HTTPServerRequest) throws(Refusal) {
    let type = request.header("Content-Type")?.prefix { $0 != ";" }.lowercased() ?? ""
    guard type.filter({ $0 != " " }) == "application/json" else { throw .wrongType }
  }

  // MARK: The rest

  /// Every request is answered with its pictures, so there is no job to ask for.
  private func results(_ request: HTTPServerRequest) throws(Refusal) -> Refusal {
    let members = try MemberReader.read(request.body, by: Endpoint.results.members)
    guard members.faults.isEmpty else { return Refusal(members.faults) }
    return .noJob
  }
}

extension HTTPReply {
  /// A reply with a JSON document.
  static func json(_ status: Int, _ text: JSONText) -> HTTPReply {
    HTTPReply(
      status: status, headers: GatewayService.headers(isEventStream: false),
      body: .bytes(Array(text.description.utf8)))
  }
}
