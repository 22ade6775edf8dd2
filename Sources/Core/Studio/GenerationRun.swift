import Gallery
import HTTP
import Posix
import Seedream

/// One job from its request to its saved pictures.
struct GenerationRun: Sendable {
  let job: JobID
  /// References are stored or addresses.
  let request: GenerationRequest
  let model: Model?
  let provider: ProviderConnection
  let dialect: Dialect
  let baseURL: String
  let key: String?
  let submitted: Timestamp
  let archive: Archive
  let client: HTTPClient
  let program: String
  /// Hears of every step, in order.
  let report: @Sendable (Report) async -> Void

  /// What a run tells while it goes on.
  enum Report: Sendable {
    case sent(Double)
    case downloading
    case member(JobStatus.Member)
    case requestID(String)
    case ended(JobState, message: String?)
  }

  /// Runs the job to its end. Never throws: the last report says how it ended. Cancelling the task
  /// ends it early; what has arrived by then is kept.
  func run() async {
    do {
      let wire = try dialect.encode(request, for: model)
      let sent = Timestamp.now()
      try await archive.write(.sent(attempt: 1), of: job)
      await report(.sent(SystemClock.secondsSince1970))
      let receiver = ReplyReceiver(dialect: dialect, layout: archive.layout)
      async let transferError = transfer(wire, to: receiver)
      let tally = await collect(from: receiver, sent: sent)
      await end(tally, await transferError, requestID: receiver.requestID)
    } catch let error as GalleryError {
      await end(.failed, code: "gallery", error.message)
    } catch {
      await end(.failed, code: "request", "The request could not be written: \(error).")
    }
  }

  // MARK: The request

  /// Sends the request and feeds the reply to the receiver; says what broke, if anything did.
  private func transfer(_ wire: WireRequest, to receiver: ReplyReceiver) async -> HTTPError? {
    defer { receiver.finish() }
    do {
      let pieces = ReferenceStream(wire.body, paths: archive.paths(of: request.references))
      var http = HTTPRequest(
        method: "POST", url: baseURL + wire.path,
        headers: wire.headers.map { HTTPHeader(name: $0.name, value: $0.value) })
      if let key, let header = dialect.authentication.header(key: key) {
        http.headers.append(HTTPHeader(name: header.name, value: header.value))
      }
      http.headers.append(HTTPHeader(name: "X-Client-Request-Id", value: ClientRequestID.make()))
      http.body = .stream(length: wire.contentLength, next: { try pieces.next($0) })
      http.limits = Self.limits(pictures: request.count)
      http.acceptsCompression = true
      _ = try await client.stream(
        http, onHead: { receiver.begin($0) }, onBody: { try receiver.consume($0) })
      return nil
    } catch {
      return error
    }
  }

  /// A picture takes 20 to 75 seconds, a set minutes; the head of a stream comes with its first picture.
  private static func limits(pictures: Int) -> HTTPLimits {
    HTTPLimits(
      connect: .seconds(30), firstByte: .seconds(300), idle: .seconds(300),
      total: .seconds(min(300 + 40 * (pictures - 1), 900)))
  }

  // MARK: The reply

  /// What came of the reply.
  private struct Tally: Sendable {
    var saved = 0
    var refusals: [APIError] = []
    var losses: [String] = []
    var ending: ReplyReceiver.Event?

    var isInterrupted: Bool {
      if case .interrupted = ending { true } else { false }
    }
  }

  /// Saves every picture as soon as it is named, several at a time, until the reply has ended.
  private func collect(from receiver: ReplyReceiver, sent: Timestamp) async -> Tally {
    await withTaskGroup(of: String?.self) { group in
      var tally = Tally()
      var drawn = 0
      for await event in receiver.events {
        switch event {
        case .picture(let reply, let bytes):
          drawn += 1
          await report(.member(.init(index: reply.index, outcome: .arriving)))
          group.addTask { await save(reply, bytes, receiver: receiver, sent: sent) }
        case .memberRefused(let index, let error):
          tally.refusals.append(error)
          try? await archive.write(
            .failed(.init(code: error.code, message: error.sentence, number: index + 1)), of: job)
          await report(
            .member(
              .init(
                index: index,
                outcome: .refused(
                  code: error.code, message: error.sentence,
                  requestID: error.requestID ?? receiver.requestID))))
        case .failed, .interrupted, .abandoned, .finished: tally.ending = event
        }
      }
      if drawn > 0, let requestID = receiver.requestID { await report(.requestID(requestID)) }
      if drawn > 0 { await report(.downloading) }
      for await loss in group {
        if let loss { tally.losses.append(loss) } else { tally.saved += 1 }
      }
      return tally
    }
  }

  /// Fetches one picture where it is not here yet, and files it. Says what went wrong, nil if nothing.
  private func save(
    _ reply: PictureReply, _ inline: PictureBytes?, receiver: ReplyReceiver, sent: Timestamp
  ) async -> String? {
    let number = reply.index + 1
    do {
      var bytes = inline
      if case .url(let address) = reply.source {
        try await archive.write(.result(number: number, .address(address)), of: job)
        bytes = try await download(address)
      }
      guard let bytes else { throw GalleryError(.notFound, "Its bytes never came.") }
      var birth = Birth(
        id: PictureID(job: job, number: number), setSize: request.count, created: Timestamp.now(),
        provider: provider.name, dialect: dialect.name, request: request,
        timings: Timings(
          submitted: submitted, sent: sent,
          firstByte: receiver.firstByte.map(Timestamp.init(local:)),
          finished: Timestamp.now()), program: program)
      let completion = receiver.completion
      birth.modelAnswered =
        completion?.model ?? model?.id(for: dialect.site, named: request.model)
      birth.usage = completion.map {
        Gallery.Usage(
          generatedImages: $0.usage.generatedImages, outputTokens: $0.usage.outputTokens,
          totalTokens: $0.usage.totalTokens)
      }
      birth.providerRequestID = receiver.requestID
      birth.price = price
      let picture = try await archive.save(bytes, birth)
      await report(.member(.init(index: reply.index, outcome: .saved(picture))))
      return nil
    } catch {
      let sentence = "Picture \(number) was drawn but not saved: \(Self.sentence(error))"
      await report(.member(.init(index: reply.index, outcome: .lost(sentence))))
      return sentence
    }
  }

  /// The address goes out verbatim and without a key: its signature covers every byte of it.
  private func download(_ address: String) async throws -> PictureBytes {
    let bytes = try PictureBytes(archive.layout)
    var http = HTTPRequest(url: address)
    http.limits = HTTPLimits(
      connect: .seconds(30), firstByte: .seconds(60), idle: .seconds(60), total: .seconds(600))
    http.maximumRedirects = 3
    let status = StatusBox()
    let head = try await client.stream(
      http, onHead: { status.set($0.status) },
      onBody: { if status.isSuccess { try bytes.append($0) } })
    guard head.status == 200 else {
      throw GalleryError(
        .notFound,
        head.status == 403
          ? "its address has expired (HTTP 403): addresses live 24 hours."
          : "its address answered HTTP \(head.status).")
    }
    return bytes
  }

  /// The list price of one picture, where this model and size have one.
  private var price: Price? {
    guard provider.baseURL != nil,
      let cost = model?.highestCost(
        of: request.size, count: 1, references: request.references.count, on: dialect.site)
    else { return nil }
    return Price(
      currency: cost.currency.rawValue,
      millionths: Int64(cost.tenThousandths) * 100)
  }

  // MARK: The end

  private func end(_ tally: Tally, _ broken: HTTPError?, requestID: String?) async {
    if let broken, tally.ending == nil || tally.isInterrupted {
      return await end(tally, broken: broken)
    }
    switch tally.ending {
    case .failed(let error):
      if let id = error.requestID ?? requestID { await report(.requestID(id)) }
      await end(.failed, code: error.code, error.sentence)
    case .finished:
      await endFinished(tally)
    case .abandoned(let fault):
      await endInterrupted(tally, fault.sentence)
    default:
      await endInterrupted(tally, "the connection ended before the reply did")
    }
  }

  private func end(_ tally: Tally, broken: HTTPError) async {
    switch broken.code {
    case .cancelled where broken.requestMayHaveBeenSent:
      try? await archive.write(.cancelled, of: job)
      await report(
        .ended(
          .cancelled,
          message: "Cancelled after the request had left: the provider may still draw and bill it.")
      )
    case .cancelled:
      try? await archive.write(.cancelled, of: job)
      await report(.ended(.cancelled, message: "Cancelled before anything was sent."))
    case .stoppedByCaller:
      await endInterrupted(tally, Self.sentence(broken.underlying ?? broken))
    case _ where broken.requestMayHaveBeenSent:
      await endInterrupted(tally, broken.message)
    default:
      await end(.failed, code: "unreachable", "Nothing was sent: \(broken.message)")
    }
  }

  /// The request left and the reply did not end: the rest of it may have been drawn and billed.
  private func endInterrupted(_ tally: Tally, _ reason: String) async {
    let arrived = tally.saved == 0 ? "" : " \(tally.saved) of \(request.count) pictures arrived."
    await report(
      .ended(
        .unknown,
        message: "Interrupted: \(reason)\(reason.hasSuffix(".") ? "" : ".")\(arrived) "
          + "The request may have been drawn and billed; it is not sent again by itself."))
  }

  private func endFinished(_ tally: Tally) async {
    try? await archive.write(.finished(count: tally.saved + tally.losses.count), of: job)
    let trouble = (tally.refusals.map(\.sentence) + tally.losses).first
    if tally.saved == 0 {
      await end(.failed, code: "refused", trouble ?? "The provider drew nothing.")
    } else if let trouble {
      await report(.ended(.partlyDone, message: trouble))
    } else {
      await report(.ended(.done, message: nil))
    }
  }

  private func end(_ state: JobState, code: String, _ message: String) async {
    try? await archive.write(.failed(.init(code: code, message: message)), of: job)
    await report(.ended(state, message: message))
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as GalleryError: error.message
    case let error as HTTPError: error.underlying.map(sentence) ?? error.message
    default: "\(error)"
    }
  }
}
