import Glibc
import Synchronization

/// One request and its reply, from the first header to the last byte.
///
/// libmicrohttpd's thread feeds it and asks it what to do; the handler's task answers it.
final class ServerExchange: Sendable {
  /// What libmicrohttpd's thread is to do now.
  enum Step {
    /// Nothing: the connection is suspended.
    case wait
    case queue(HTTPReply, HTTPReplyWriter?)
    /// Close the connection without a reply.
    case drop
  }

  private enum Stage {
    case receiving
    case handling
    case answered(HTTPReply, HTTPReplyWriter?)
    case replying(HTTPReplyWriter?)
    case over
  }

  private struct State {
    var stage = Stage.receiving
    var body = BodyPieces()
    var received = 0
    /// What of the body the core counts.
    var held = 0
    var isCrowdedOut = false
    /// Whether the client was told why it is refused; what it still sends is read and forgotten.
    var isTold = false
    var lastPiece = ContinuousClock.now
    var task: Task<Void, Never>?
  }

  let id: UInt64
  let gate: ConnectionGate
  private let core: ServerCore
  private let connection: ServerConnection?
  private let socket: Int32
  private let request: HTTPServerRequest
  private let refusal: HTTPReply?
  /// Whether the refusal does not wait for the body, whose end is not certain or too far away.
  private let isMalformed: Bool
  /// Whether the client passes over words before the reply (RFC 9110, section 15.2).
  private let takesInterim: Bool
  private let state = Mutex(State())
  private let start = ContinuousClock.now

  /// - Parameters:
  ///   - request: The request without its body.
  ///   - refusal: The reply, if it is certain without asking the handler.
  init(
    id: UInt64, core: ServerCore, handle: ForeignHandle, connection: ServerConnection?,
    socket: Int32, request: HTTPServerRequest, refusal: HTTPReply?, isMalformed: Bool,
    takesInterim: Bool
  ) {
    self.id = id
    self.core = core
    self.socket = socket
    self.request = request
    self.refusal = refusal
    self.isMalformed = isMalformed
    self.takesInterim = takesInterim
    self.connection = connection
    gate = ConnectionGate(handle)
  }

  /// Whether the client is refused and waits for a word before it sends its body (RFC 9110, section 10.1.1), or
  /// where its body ends is not certain.
  var isRefusedUnsent: Bool {
    isMalformed || refusal != nil && request.header("Expect")?.lowercased() == "100-continue"
  }

  /// Takes a piece of the body; false closes the connection.
  ///
  /// What exceeds the limit is read and forgotten, so that the client can finish sending and then
  /// read why; but not without end.
  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    connection?.bodyArrived(piece.count)
    return state.withLock { state in
      state.received += piece.count
      state.lastPiece = .now
      let isKept =
        state.received <= core.limits.maximumBodyBytes && refusal == nil && !state.isCrowdedOut
      if isKept, core.takeIn(piece.count) {
        state.held += piece.count
      } else {
        state.isCrowdedOut = state.isCrowdedOut || isKept
        state.body = BodyPieces()
        core.release(state.held)
        state.held = 0
        if state.received > core.limits.maximumBodyBytes, refusal == nil {
          tell(core.screen.oversized(request, core.limits.maximumBodyBytes), &state)
        }
        return state.received <= core.mostReadBytes
      }
      unsafe state.body.append(piece)
      return true
    }
  }

  /// Tells the client at once that its body is too large, however slowly it sends that. The rest is read and
  /// forgotten: who is cut off while it sends does not get to read why.
  func tellOversized() {
    guard let refusal else { return }
    state.withLock { tell(refusal, &$0) }
  }

  private func tell(_ reply: HTTPReply, _ state: inout State) {
    guard !state.isTold, case .receiving = state.stage else { return }
    let message = reply.asClosingMessage
    guard !message.isEmpty else { return }
    let sent = unsafe send(socket, message, message.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    guard sent == message.count else { return }
    state.isTold = true
    shutdown(socket, Int32(SHUT_WR))
  }

  /// How long this request may yet take to become complete; nil once it is. One whose time is up is
  /// told so and cut off.
  func secondsLeft() -> Double? {
    state.withLock { state -> Double? in
      guard case .receiving = state.stage else { return nil }
      let still = (ContinuousClock.now - state.lastPiece) / .seconds(1)
      let whole = (ContinuousClock.now - start) / .seconds(1)
      let left = min(
        Double(core.limits.idleSeconds) - still, Double(core.limits.receivingSeconds) - whole,
        core.lastCall.map { ($0 - .now) / .seconds(1) } ?? .infinity)
      guard left <= 0 else { return left }
      // libmicrohttpd sends a reply only to a complete request.
      if !state.isTold {
        let reply = core.screen.overdue(request).asClosingMessage
        unsafe send(socket, reply, reply.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
      }
      shutdown(socket, Int32(SHUT_RDWR))
      state.stage = .over
      return nil
    }
  }

  /// The request is complete, or the connection was resumed.
  func proceed() -> Step {
    state.withLock { state in
      switch state.stage {
      case .receiving:
        connection?.requestArrived()
        if state.isTold { return .drop }
        state.lastPiece = .now
        if let refusal { return queue(refusal, nil, &state) }
        guard state.received <= core.limits.maximumBodyBytes else {
          return queue(
            core.screen.oversized(request, core.limits.maximumBodyBytes), nil, &state)
        }
        if state.isCrowdedOut { return queue(core.screen.crowded(request), nil, &state) }
        guard gate.suspend() else { return .drop }
        state.stage = .handling
        core.watch.add(socket, id: id)
        state.task = Task.detached { [self] in await run() }
        return .wait
      case .handling: return gate.suspend() ? .wait : .drop
      case .answered(let reply, let writer): return queue(reply, writer, &state)
      case .replying, .over: return .drop
      }
    }
  }

  /// Nobody waits for the reply any more: cancels the handler and lets libmicrohttpd clean up.
  func abandon() {
    end()
    gate.resume()
  }

  /// The client sends nothing more: it has left, or has said all it had to say and waits (shutdown(2)). A word that
  /// every client passes over tells the two apart: one that has left refuses it, and that is noticed. Clients of
  /// HTTP/1.0 know no such word; who ends the line right behind the request waits. A reply that is there in whole is sent.
  func saysNoMore() {
    let isAsked = state.withLock { state in
      switch state.stage {
      case .handling: break
      case .answered(_, nil), .replying(nil): return true
      case .receiving, .answered, .replying, .over: return false
      }
      guard takesInterim else { return ContinuousClock.now - state.lastPiece < .seconds(1) }
      let word = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
      return unsafe send(socket, word, word.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL)) == word.count
    }
    if !isAsked { abandon() }
  }

  /// libmicrohttpd is through with the request.
  func completed() {
    gate.close()
    core.watch.remove(socket)
    core.end(id)
    end()
    connection?.requestEnded()
  }

  private func queue(
    _ reply: HTTPReply, _ writer: HTTPReplyWriter?, _ state: inout State
  ) -> Step {
    state.stage = .replying(writer)
    return .queue(reply, writer)
  }

  private func end() {
    let (task, writer) = state.withLock { state -> (Task<Void, Never>?, HTTPReplyWriter?) in
      defer { state = State(stage: .over) }
      core.release(state.held)
      switch state.stage {
      case .answered(_, let writer), .replying(let writer): return (state.task, writer)
      case .receiving, .handling, .over: return (state.task, nil)
      }
    }
    writer?.abandon()  // First, so that a waiting writer learns the reason.
    task?.cancel()
  }

  private func run() async {
    guard var body = takeBody() else { return }
    var reply = await core.handler(
      HTTPServerRequest(
        method: request.method, path: request.path, query: request.query, headers: request.headers,
        body: body.join()))
    guard case .stream(let produce) = reply.body else {
      _ = answer(reply, nil)
      return
    }
    let writer = HTTPReplyWriter(gate: gate, context: request.path)
    let isHead = request.method == "HEAD"
    // libmicrohttpd 0.9.75 can send the last chunk even after HEAD, where it would be taken for
    // the beginning of the next reply.
    if isHead { reply.headers.append(HTTPHeader("Connection", "close")) }
    guard answer(reply, writer) else { return }
    if !isHead { await produce(writer) }
    writer.finish()
  }

  /// What the client sent, once; nil when it has gone away again.
  private func takeBody() -> BodyPieces? {
    state.withLock { state in
      guard case .handling = state.stage else { return nil }
      defer { state.body = BodyPieces() }
      return state.body
    }
  }

  /// Hands the reply to libmicrohttpd; false when nobody waits for it.
  private func answer(_ reply: HTTPReply, _ writer: HTTPReplyWriter?) -> Bool {
    let isAwaited = state.withLock { state in
      guard case .handling = state.stage else { return false }
      state.stage = .answered(reply, writer)
      return true
    }
    if isAwaited { gate.resume() }
    return isAwaited
  }
}
