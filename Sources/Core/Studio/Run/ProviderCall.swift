import Gallery
import HTTP
import Posix
import Secrets
import Seedream

/// One request on its way to a provider, and the reply on its way back.
struct ProviderCall: Sendable {
  private let order: RunRequest
  private let client: HTTPClient
  private let wire: WireRequest
  /// Where stored references are.
  private let blobs: any BlobStore
  private let limits: HTTPLimits
  private let spool: PictureSpool
  private let receiver: ReplyReceiver
  private let trace: CallTrace?
  /// Whether it asks for a job that the provider has taken.
  let isQuestion: Bool

  /// - Throws: `UnstoredReference` for a request whose references were not stored.
  init(
    _ order: RunRequest, client: HTTPClient, galleryActor: GalleryActor, trace: CallTrace?
  ) throws(UnstoredReference) {
    self.order = order
    self.client = client
    self.trace = trace
    isQuestion = false
    wire = try order.dialect.encode(order.request, for: order.model)
    blobs = galleryActor.blobs
    limits = Self.limits(pictures: order.request.reservedPictures(of: order.model))
    spool = galleryActor.spool
    receiver = ReplyReceiver(
      dialect: order.dialect, spool: galleryActor.spool, redaction: Redaction(key: order.key),
      address: order.baseURL + wire.path, request: order.request, model: order.model)
  }

  /// Stands for a request that an earlier service has sent: only `poll` is asked of it. Nil where the
  /// provider knows no such request.
  init?(
    asking order: RunRequest, for job: PendingJob, client: HTTPClient, galleryActor: GalleryActor
  ) {
    guard let wire = order.dialect.poll(job) else { return nil }
    self.order = order
    self.client = client
    trace = nil
    isQuestion = false
    self.wire = wire
    blobs = galleryActor.blobs
    limits = Self.limits(pictures: order.request.count)
    spool = galleryActor.spool
    receiver = ReplyReceiver(
      dialect: order.dialect, spool: galleryActor.spool, redaction: Redaction(key: order.key),
      address: order.baseURL + wire.path, request: order.request, model: order.model)
  }

  private init(_ wire: WireRequest, _ job: PendingJob, after first: ProviderCall) {
    order = first.order
    client = first.client
    trace = first.trace
    isQuestion = true
    spool = first.spool
    self.wire = wire
    blobs = first.blobs
    limits = HTTPLimits(
      connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: .seconds(300))
    var facts = first.facts
    facts.pending = nil
    facts.remarks = []
    receiver = ReplyReceiver(
      dialect: order.dialect, spool: spool, redaction: Redaction(key: order.key),
      address: order.baseURL + wire.path, request: order.request, model: order.model, job: job,
      facts: facts)
  }

  /// Asks once for the pictures of a job that the provider took with this call; nil where it knows no
  /// such request.
  func poll(_ job: PendingJob) -> ProviderCall? {
    order.dialect.poll(job).map { ProviderCall($0, job, after: self) }
  }

  /// What is asked for.
  var asked: GenerationRequest { order.request }

  /// How the provider is asked for jobs it has taken.
  var polling: Polling? { order.dialect.polling }

  /// What is heard of the reply, until `send` has returned.
  var events: AsyncStream<ReplyReceiver.Event> { receiver.progress.events }

  /// Whether the last byte of the request was taken up.
  var requestHasLeft: Bool { receiver.progress.requestHasLeft }

  /// What the reply has said about itself so far.
  var facts: ReplyFacts { receiver.progress.facts }

  /// What the reply says of itself behind its last picture.
  var factsBehindTheLast: ReplyFacts {
    get async { await receiver.progress.factsBehindTheLast() }
  }

  /// The name of a job without the key, which a provider may have put into it.
  func shown(_ job: PendingJob) -> String { Redaction(key: order.key).text(job.id) }

  /// How long after its last word, and its last byte, a reply may keep its end mark to itself.
  private static let grace = Duration.seconds(1)

  /// Sends the request once and feeds the reply to the events; says what broke, if anything did.
  ///
  /// Returns when the reply has said its last, also where the connection stays open, and what came of it is in
  /// files. Cancelling the task ends the transfer at once, whatever the disk does; what had come by then is still
  /// taken apart. That, and reading references, is done on threads of their own.
  func send() async -> HTTPError? {
    do {
      let lane = try WorkPool()
      let request = request(references: try wire.hasReferences ? WorkPool() : nil)
      let failure = await transferred(request, on: lane)
      await withTaskExecutorPreference(lane) { receiver.finish(isCut: failure != nil) }
      return failure
    } catch {
      receiver.finish(isCut: true)
      return HTTPError(
        .other(Int(error.code)), "No thread is left for the request.", context: order.baseURL)
    }
  }

  private func transferred(_ request: HTTPRequest, on lane: WorkPool) async -> HTTPError? {
    // What waits for nothing but the mark of its end.
    let (completions, feed) = AsyncStream.makeStream(
      of: HTTPIncoming.self, bufferingPolicy: .bufferingNewest(1))
    return await withTaskGroup(of: End.self) { group in
      group.addTask(executorPreference: lane) { .transfer(await transfer(request, feed)) }
      group.addTask {
        for await incoming in completions {
          var rest = Self.grace
          while rest > .zero {
            guard (try? await Task.sleep(for: rest)) != nil else { return .cancelled }
            rest = Self.grace - incoming.quiet
          }
          return .graceOver
        }
        return .cancelled
      }
      var isOver = false
      for await end in group {
        switch end {
        case .transfer(let failure):
          group.cancelAll()
          return isOver ? nil : failure
        case .graceOver:
          isOver = true
          group.cancelAll()
        case .cancelled: break
        }
      }
      return nil
    }
  }

  private enum End: Sendable {
    case transfer(HTTPError?)
    case graceOver
    case cancelled
  }

  private struct ReplyEnded: Error {}

  private func transfer(
    _ request: HTTPRequest, _ completions: AsyncStream<HTTPIncoming>.Continuation
  ) async -> HTTPError? {
    trace?.take(request, wire.body)
    do {
      let incoming = try await client.open(request)
      trace?.take(incoming.head)
      receiver.begin(incoming.head)
      try await incoming.read { bytes in
        trace?.take(bytes)
        switch receiver.consume(bytes) {
        case .more: break
        case .onlyItsEnd: completions.yield(incoming)
        case .nothing: throw ReplyEnded()
        }
      }
      return nil
    } catch {
      if error.underlying is ReplyEnded { return nil }
      trace?.take(error)
      return error
    }
  }

  /// Where a picture of this reply is, fit for the journal: without the key, even where a provider has made
  /// it a part of the address. The picture is then fetched by this service or not at all.
  func redacted(_ source: PictureSource) -> PictureSource {
    guard case .address(let address, let expiry) = source else { return source }
    return .address(Redaction(key: order.key).text(address), expiry)
  }

  /// The body of the reply as it came, without the key; nil where there was none.
  func rawReply() async -> ReplySpool.Body? { await receiver.rawReply() }

  /// How it ended, when `send` has returned and the events are over.
  func ending(last: ReplyReceiver.Event?, failure: HTTPError?) -> CallEnding {
    CallEnding(
      last: last, failure: failure,
      hasLeft: requestHasLeft || receiver.progress.answersAsIfItHadLeft)
  }

  /// - Parameter lane: Where stored references are read; nil where there are none.
  private func request(references lane: WorkPool?) -> HTTPRequest {
    let pieces = ReferenceStream(wire.body, of: order.request, in: blobs)
    var request = HTTPRequest(
      method: "POST", url: order.baseURL + wire.path,
      headers: wire.headers.map { HTTPHeader(name: $0.name, value: $0.value) })
    if let key = order.key, let header = order.dialect.authentication.header(key: key) {
      request.headers.append(HTTPHeader(name: header.name, value: header.value))
    }
    if let id = order.context.clientRequestID {
      request.headers.append(HTTPHeader(name: "X-Client-Request-Id", value: id))
    }
    request.body = .stream(length: wire.contentLength, next: { try pieces.next($0) })
    request.bodyExecutor = lane
    request.onBodyTakenUp = { [progress = receiver.progress] in progress.requestLeft() }
    request.limits = limits
    request.acceptsCompression = true
    return request
  }

  private static func limits(pictures: Int) -> HTTPLimits {
    let total = Duration.seconds(DrawingTime.longest(pictures: pictures))
    return HTTPLimits(
      connect: .seconds(30), firstByte: total, idle: .seconds(300), total: total)
  }
}
