import HTTP
import Imaging
import Posix
import Seedream
import Synchronization

/// Answers the requests of the wire. Holds what is drawn until it is fetched.
final class SandboxService: Sendable {
  private let options: SandboxOptions
  private let drawingQueue: DrawingQueue
  private let store = PictureStore()
  private let allowance = Mutex(PictureAllowance())

  init(options: SandboxOptions) throws(PosixError) {
    self.options = options
    drawingQueue = try DrawingQueue()
  }

  func reply(to request: HTTPServerRequest) async -> HTTPReply {
    if request.method == "POST", request.path == SandboxServer.path + "/images/generations" {
      return await generate(request)
    }
    if request.method == "GET", request.path == SandboxServer.path + "/models" {
      return models(request)
    }
    if ["GET", "HEAD"].contains(request.method), request.path.hasPrefix("/files/") {
      return store.reply(to: request)
    }
    return HTTPReply(status: 404, headers: ArkRequestIdentity(request).headers)
  }

  /// The models as the live service lists them.
  private func models(_ request: HTTPServerRequest) -> HTTPReply {
    let identity = ArkRequestIdentity(request)
    if let key = options.key, request.header("Authorization") != "Bearer \(key)" {
      return ArkReply(identity: identity, admitsGzip: false).refusal(.noKey)
    }
    let list = ModelCatalogue.builtIn.list(for: .sandbox, as: .ark)
    return HTTPReply(
      headers: [HTTPHeader("Content-Type", "application/json; charset=utf-8")] + identity.headers,
      body: .bytes(Array(list.description.utf8)))
  }

  private func generate(_ request: HTTPServerRequest) async -> HTTPReply {
    let identity = ArkRequestIdentity(request)
    let reply = ArkReply(
      identity: identity, admitsGzip: Gzip.isAccepted(by: request.header("Accept-Encoding")))
    do throws(ArkRefusal) {
      if let key = options.key, request.header("Authorization") != "Bearer \(key)" {
        throw .noKey
      }
      var wanted = try ArkRequest.read(request.body)
      let faults = try FaultPlan(&wanted, header: request.header(FaultPlan.header))
      var order = try ArkOrder(wanted)
      order.size = faults.size ?? order.size
      order.references = try order.references.map { source throws(ArkRefusal) in
        guard case .url(let address) = source else { return source }
        return try store.picture(at: address).map(ReferenceSource.bytes) ?? source
      }
      let references = order.isSplit ? [] : try await drawingQueue.references(of: order)
      try? await Task.sleep(for: .seconds(faults.delay))
      if let refusal = faults.refusal { throw refusal }
      try take(order)
      let run = Run(
        order: order, faults: faults, references: references, reply: reply,
        origin: request.origin)
      if order.isSplit { return try await split(run) }
      return order.streams ? await stream(run) : await plain(run)
    } catch {
      return reply.refusal(error)
    }
  }

  private func take(_ order: ArkOrder) throws(ArkRefusal) {
    guard let perMinute = options.picturesPerMinute ?? order.perMinute else { return }
    let now = Double(SystemClock.monotonicMilliseconds) / 1000
    let wait = allowance.withLock {
      $0.take(
        order.isSplit ? min(1 + order.layerLimit, 17, perMinute) : order.count, of: order.kind,
        perMinute: perMinute, now: now)
    }
    if let wait { throw .tooManyPictures(retryAfter: Int(wait.rounded(.up))) }
  }

  /// One order under way.
  private struct Run: Sendable {
    let order: ArkOrder
    let faults: FaultPlan
    let references: [Pixels]
    let reply: ArkReply
    /// How the client calls this machine, so that it reaches the pictures in the same way.
    let origin: String
  }

  private func plain(_ run: Run) async -> HTTPReply {
    var members: [ArkReply.Member] = []
    for index in 0..<run.order.count {
      let member = await draw(run, index)
      members.append(member)
      if member.endsSet { break }
    }
    if case .refused(let refusal)? = members.first, !members.contains(where: \.isDrawn) {
      return run.reply.refusal(refusal)
    }
    let reply = run.reply.plain(run.order, members)
    return run.faults.cut == nil ? reply : Self.broken(reply)
  }

  /// The first half of a reply.
  private static func broken(_ reply: HTTPReply) -> HTTPReply {
    guard case .bytes(let bytes) = reply.body else { return reply }
    var broken = reply
    broken.body = .stream { writer in
      try? await writer.write(Array(bytes.prefix(bytes.count / 2)))
      writer.cut()
    }
    return broken
  }

  /// The head comes with the first picture, as it was measured on the live service.
  private func stream(_ run: Run) async -> HTTPReply {
    let first = await draw(run, 0)
    return HTTPReply(
      headers: [HTTPHeader("Content-Type", "text/event-stream")] + run.reply.identity.headers,
      body: .stream { writer in
        // Nobody reads on: that ends the drawing too.
        try? await self.write(run, first, to: writer)
      })
  }

  private func write(
    _ run: Run, _ first: ArkReply.Member, to writer: HTTPReplyWriter
  ) async throws(HTTPError) {
    var drawn = 0
    for index in 0..<run.order.count {
      let member = index == 0 ? first : await draw(run, index)
      let event = run.reply.event(run.order, index, member)
      if run.faults.cut == index {
        try await writer.write(Array(event.utf8.prefix(event.utf8.count / 2)))
        return writer.cut()
      }
      try await writer.write(event)
      if member.isDrawn { drawn += 1 }
      if member.endsSet { break }
    }
    if run.faults.cut != nil { return writer.cut() }
    if run.faults.leavesOutEnd { return }
    try await writer.write(run.reply.end(run.order, drawn: drawn))
  }

  private func draw(_ run: Run, _ index: Int) async -> ArkReply.Member {
    if let refusal = run.faults.refusal(ofMember: index) { return .refused(refusal) }
    do {
      try await Task.sleep(for: options.delay)
      let bytes =
        run.faults.spoilsBytes
        ? Array("This is no picture.\n".utf8)
        : try await drawingQueue.draw(run.order, index, references: run.references)
      return hand(out: DrawnPicture(bytes: bytes, facts: .init(size: run.order.size)), run, index)
    } catch {
      return .refused(.failed)
    }
  }

  private func hand(out picture: DrawnPicture, _ run: Run, _ index: Int) -> ArkReply.Member {
    guard !run.order.isInline else { return .inline(picture.bytes, picture.facts) }
    let path = store.add(
      picture.bytes, of: run.order, index: index, run.reply.identity,
      isExpired: run.faults.expires)
    return .url("\(run.origin)\(path)", picture.facts)
  }

  /// All layers or none: there are no partial sets.
  private func split(_ run: Run) async throws(ArkRefusal) -> HTTPReply {
    let layers = try await drawingQueue.layers(of: run.order)
    try? await Task.sleep(for: options.delay)
    var members: [ArkReply.Member] = []
    for (index, layer) in layers.enumerated() {
      if let refusal = run.faults.refusal(ofMember: index) { throw refusal }
      var layer = layer
      if run.faults.spoilsBytes { layer.bytes = Array("This is no picture.\n".utf8) }
      members.append(hand(out: layer, run, index))
    }
    let reply = run.reply.plain(run.order, members)
    return run.faults.cut == nil ? reply : Self.broken(reply)
  }
}
