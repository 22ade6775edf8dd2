import HTTP
import Seedream
import Synchronization

/// One request on its way to the provider. It is sent once: what has left may be drawn and billed.
final class UpstreamCall: Sendable {
  let upstream: Upstream
  let identity: RequestIdentity
  private let client: HTTPClient
  /// Where the request goes.
  var address: String { request.url }
  private let request: HTTPRequest
  /// How many pictures may come of it.
  private let most: Int
  /// Of pictures that were named while the job was not over; each answer names them again.
  private let named = Mutex<[ReplyEvent]>([])

  /// - Parameter incoming: Whose name for this machine and whose wishes of the sandbox are passed on.
  init(
    _ reading: RequestReader.Reading, for incoming: HTTPServerRequest, to upstream: Upstream,
    identity: RequestIdentity, client: HTTPClient
  ) throws(Refusal) {
    self.upstream = upstream
    self.identity = identity
    self.client = client
    let wire: WireRequest
    do {
      wire = try upstream.dialect.encode(reading.request, for: reading.model)
    } catch {
      throw Refusal([.wrongValue(["image"], "must be a web address or a data URI")])
    }
    var request = Self.request(wire, upstream, identity)
    if upstream.isSandbox {
      for name in ["Host", "X-Forwarded-Proto", "X-Sandbox-Fault"] {
        if let value = incoming.header(name) { request.headers.append(HTTPHeader(name, value)) }
      }
    }
    request.body = .bytes(wire.bytes)
    request.sharesConnections = true
    request.acceptsCompression = true
    most = reading.request.mostPictures(of: reading.model) ?? 17
    request.limits = Self.limits(pictures: most)
    self.request = request
  }

  /// Sends it and returns with the head of the answer. Cancelling ends it only while nothing has left.
  func open() async throws(HTTPError) -> HTTPIncoming {
    try await client.open(request, outlivesTask: true)
  }

  /// What a question for a job came to.
  enum PollAnswer: Sendable {
    /// What is to be said of its pictures, or why it has none.
    case ended([ReplyEvent])
    case goesOn
    /// Nothing was learned; perhaps with the seconds that the provider asks to wait.
    case trouble(retryAfter: Double?)
  }

  /// Asks once for a job that the provider has taken.
  func ask(for job: PendingJob) async -> PollAnswer {
    guard let wire = upstream.dialect.poll(job) else { return .trouble(retryAfter: nil) }
    var request = Self.request(wire, upstream, identity)
    request.body = .bytes(wire.bytes)
    request.limits = HTTPLimits(
      connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: .seconds(300))
    request.acceptsCompression = true
    guard let answer = try? await client.fetch(request, limit: Self.largestPollAnswer) else {
      return .trouble(retryAfter: nil)
    }
    var parser = ReplyParser(
      status: answer.status, requestID: answer.head["X-Request-Id"], dialect: upstream.dialect,
      job: job, address: request.url)
    return judge(parser.consume(answer.body) + parser.finish(), answer.head, job)
  }

  private func judge(
    _ events: [ReplyEvent], _ head: HTTPResponseHead, _ job: PendingJob
  ) -> PollAnswer {
    let seconds = head["Retry-After"].flatMap { Double($0) }.map { max(0, $0) }
    let trouble = PollAnswer.trouble(retryAfter: seconds)
    let told = events.lazy.compactMap(\.completion).first { $0.pending != nil }
    if let told, told.pending != job { return trouble }
    let pictures = events.filter(\.isOfPicture)
    let count = pictures.count(where: \.namesPicture)
    switch events.last {
    case .finished: return .ended(events)
    case .unreadable where count > 0: return .ended(events)
    case .failed(let error) where RequestOutcome(ofJobAskedFor: error) != .unknown:
      return .ended(namedSoFar ?? events)
    case .interrupted where told != nil:
      if count > 0 { named.withLock { $0 = pictures } }
      return count >= most && told?.isStillDrawn == false
        ? .ended(namedSoFar ?? events) : .goesOn
    default: return trouble
    }
  }

  /// The pictures that an answer named while the job was not over, as a reply; nil where none did.
  var namedSoFar: [ReplyEvent]? {
    let pictures = named.withLock(\.self)
    return pictures.isEmpty ? nil : pictures + [.completed(Completion()), .finished]
  }

  /// Bytes: pictures as base64 may be in it, and it is held in memory.
  private static let largestPollAnswer = 128 << 20

  private static func request(
    _ wire: WireRequest, _ upstream: Upstream, _ identity: RequestIdentity
  ) -> HTTPRequest {
    var request = HTTPRequest(
      method: "POST", url: upstream.dialect.baseURL + wire.path,
      headers: wire.headers.map { HTTPHeader($0.name, $0.value) })
    if let key = upstream.key, let header = upstream.dialect.authentication.header(key: key) {
      request.headers.append(HTTPHeader(header.name, header.value))
    }
    request.headers.append(HTTPHeader("X-Client-Request-Id", identity.clientRequestID))
    return request
  }

  private static func limits(pictures: Int) -> HTTPLimits {
    let total = Duration.seconds(DrawingTime.longest(pictures: pictures))
    return HTTPLimits(firstByte: total, idle: .seconds(300), total: total)
  }
}

extension WireRequest {
  /// The body; every reference of it is an address or a data URI.
  fileprivate var bytes: [UInt8] {
    body.reduce(into: []) { bytes, piece in
      if case .text(let text) = piece { bytes += text }
    }
  }
}

extension ReplyEvent {
  /// Whether the provider says that a job goes on.
  var namesJob: Bool {
    if case .completed(let completion) = self { completion.pending != nil } else { false }
  }

  fileprivate var completion: Completion? {
    if case .completed(let completion) = self { completion } else { nil }
  }

  /// Whether it is about the pictures themselves.
  fileprivate var isOfPicture: Bool {
    switch self {
    case .imageBytes, .imageDropped, .picture: true
    default: false
    }
  }

  var namesPicture: Bool {
    if case .picture = self { true } else { false }
  }
}
