import HTTP
import Imaging
import Posix

/// Answers the requests of the wire. Holds what is drawn until it is fetched.
final class SandboxService: Sendable {
  private let options: SandboxOptions
  private let easel: Easel
  private let store = PictureStore()

  init(options: SandboxOptions) throws(PosixError) {
    self.options = options
    easel = try Easel()
  }

  func reply(to request: HTTPServerRequest) async -> HTTPReply {
    if request.method == "POST", request.path == SandboxServer.path + "/images/generations" {
      return await generate(request)
    }
    if ["GET", "HEAD"].contains(request.method), request.path.hasPrefix("/files/") {
      return store.reply(to: request)
    }
    return HTTPReply(status: 404)
  }

  private func generate(_ request: HTTPServerRequest) async -> HTTPReply {
    let identity = RequestIdentity(request)
    let reply = ArkReply(identity: identity)
    do throws(ArkRefusal) {
      if let key = options.key, request.header("Authorization") != "Bearer \(key)" {
        throw .noKey
      }
      let order = try ArkOrder(ArkRequest.read(request.body))
      let references = try await easel.references(of: order)
      let run = Run(
        order: order, references: references, reply: reply, host: Self.host(request))
      return order.streams ? stream(run) : await plain(run)
    } catch {
      return reply.refusal(error)
    }
  }

  /// One order under way.
  private struct Run: Sendable {
    let order: ArkOrder
    let references: [Pixels]
    let reply: ArkReply
    let host: String
  }

  private func plain(_ run: Run) async -> HTTPReply {
    var members: [ArkReply.Member] = []
    for index in 0..<run.order.count {
      let member = await draw(run, index)
      members.append(member)
      // After an internal error no further member is drawn.
      if !member.isDrawn { break }
    }
    guard members.contains(where: \.isDrawn) else { return run.reply.refusal(.failed) }
    return run.reply.plain(run.order, members)
  }

  private func stream(_ run: Run) -> HTTPReply {
    HTTPReply(
      headers: [HTTPHeader("Content-Type", "text/event-stream")] + run.reply.identity.headers,
      body: .stream { writer in
        // Nobody reads on: that ends the drawing too.
        try? await self.write(run, to: writer)
      })
  }

  private func write(_ run: Run, to writer: HTTPReplyWriter) async throws(HTTPError) {
    var drawn = 0
    for index in 0..<run.order.count {
      let member = await draw(run, index)
      try await writer.write(run.reply.event(run.order, index, member))
      guard member.isDrawn else { break }
      drawn += 1
    }
    try await writer.write(run.reply.end(run.order, drawn: drawn))
  }

  private func draw(_ run: Run, _ index: Int) async -> ArkReply.Member {
    do {
      try await Task.sleep(for: options.delay)
      let bytes = try await easel.draw(run.order, index, references: run.references)
      guard !run.order.isInline else { return .inline(bytes) }
      let path = store.add(bytes, of: run.order, index: index, run.reply.identity)
      return .url("http://\(run.host)\(path)")
    } catch {
      return .refused(.failed)
    }
  }

  /// How the client calls this machine, so that it reaches the pictures in the same way.
  private static func host(_ request: HTTPServerRequest) -> String {
    let host = request.header("Host") ?? ""
    let isPlain = host.utf8.allSatisfy { byte in
      Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
        || ".:-[]".utf8.contains(byte)
    }
    return isPlain && !host.isEmpty && host.utf8.count < 256 ? host : "localhost"
  }
}
