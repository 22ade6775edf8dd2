import CServerHooks
import Glibc
import Synchronization

/// One connection of a client, from its acceptance to its end: where it is, and how long it may stay there.
///
/// libmicrohttpd's thread tells what happens, the watch's thread ends what takes too long.
final class ServerConnection: Sendable {
  /// What is expected of the client.
  private enum Phase {
    /// The head of a request, begun or not.
    case head
    case body
    /// Nothing: it is to be answered.
    case answer
  }

  private struct State {
    var phase = Phase.head
    var since = ContinuousClock.now
    /// What had arrived when the last request was over.
    var bytesBefore: Int64 = 0
    /// When the head was first seen to have begun.
    var headSince: ContinuousClock.Instant?
    var hasServed = false
    var bodyBytes = 0
    /// Whether its end has been ordered.
    var isEnding = false
    var isClosed = false
  }

  /// How dispensable a connection is: the lowest goes first.
  struct Rank: Comparable {
    var group: Int
    var since: ContinuousClock.Instant

    static func < (left: Rank, right: Rank) -> Bool {
      (left.group, left.since) < (right.group, right.since)
    }
  }

  let id: UInt64
  /// Whose connections are counted together; nil where they are not.
  let peer: [UInt8]?
  let core: ServerCore
  private let socket: Int32
  private let state = Mutex(State())

  init(id: UInt64, socket: Int32, core: ServerCore) {
    self.id = id
    self.socket = socket
    self.core = core
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = unsafe cserver_peer(socket, &bytes)
    peer = count > 0 ? Array(bytes.prefix(Int(count))) : nil
  }

  // MARK: What happens

  func headArrived() { enter(.body) }

  func bodyArrived(_ count: Int) { state.withLock { $0.bodyBytes += count } }

  func requestArrived() { enter(.answer) }

  /// A request is over, and another may follow.
  func requestEnded() {
    let bytes = cserver_bytes_received(socket)
    state.withLock { state in
      state.phase = .head
      state.since = .now
      state.headSince = nil
      state.hasServed = true
      state.bytesBefore = bytes
      // Who sends nothing more has its answer, and libmicrohttpd may wait for another request of it.
      var next: UInt8 = 0
      if unsafe recv(socket, &next, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0 { end(&state) }
    }
  }

  /// libmicrohttpd is about to close the socket.
  func closed() { state.withLock { $0.isClosed = true } }

  private func enter(_ phase: Phase) {
    state.withLock { state in
      state.phase = phase
      state.since = .now
      state.bodyBytes = 0
    }
  }

  // MARK: What is too much

  var isEnding: Bool { state.withLock { $0.isEnding } }

  /// Nil for one whose request is complete: it may have been paid for. Unfinished heads come first, then those
  /// who have been served and keep the line open, then bodies that trickle.
  func rank(at now: ContinuousClock.Instant) -> Rank? {
    state.withLock { state in
      guard !state.isEnding, !state.isClosed else { return nil }
      switch state.phase {
      case .head: return Rank(group: state.hasServed ? 1 : 0, since: state.since)
      case .body:
        let age = (now - state.since) / .seconds(1)
        return age > 5 && Double(state.bodyBytes) / age < 1000
          ? Rank(group: 2, since: state.since) : nil
      case .answer: return nil
      }
    }
  }

  /// How long the head of its next request may yet take; nil where none is expected, or its time is up: then
  /// it is told so and cut off.
  func secondsLeft(at now: ContinuousClock.Instant, _ limits: HTTPServerLimits) -> Double? {
    state.withLock { state -> Double? in
      guard case .head = state.phase, !state.isEnding, !state.isClosed else { return nil }
      if state.headSince == nil, cserver_bytes_received(socket) > state.bytesBefore {
        state.headSince = now
      }
      let idle = limits.idleSeconds == 0 ? .infinity : Double(limits.idleSeconds)
      let left = idle - (now - state.since) / .seconds(1)
      let headLeft = state.headSince.map {
        Double(limits.headSeconds) - (now - $0) / .seconds(1)
      }
      // To see soon enough that a head has begun.
      let next = min(left, headLeft ?? max(Double(limits.headSeconds) / 4, 0.1))
      if left > 0, headLeft ?? 1 > 0 { return max(next, 0.01) }
      if state.headSince != nil { say(core.screen.overdue(.unread)) }
      end(&state)
      return nil
    }
  }

  /// Makes room for others.
  func end() { state.withLock { end(&$0) } }

  /// Refuses what is malformed, in one word, before libmicrohttpd closes the connection.
  func refuse(_ fault: RequestFraming.Fault) {
    state.withLock { state in
      guard !state.isClosed, !state.isEnding else { return }
      say(core.screen.malformed(.unread, fault.status, fault.sentence))
      state.isEnding = true
      // What is unread when a socket is closed takes the answer with it.
      shutdown(socket, Int32(SHUT_WR))
      var rest = [UInt8](repeating: 0, count: 64 << 10)
      for _ in 0..<16 {
        guard unsafe recv(socket, &rest, rest.count, Int32(MSG_DONTWAIT)) > 0 else { return }
      }
    }
  }

  private func end(_ state: inout State) {
    guard !state.isClosed, !state.isEnding else { return }
    state.isEnding = true
    shutdown(socket, Int32(SHUT_RDWR))
  }

  private func say(_ reply: HTTPReply) {
    let message = reply.asClosingMessage
    unsafe send(socket, message, message.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
  }
}

extension HTTPServerRequest {
  /// Stands for one that could not be read.
  fileprivate static let unread = HTTPServerRequest(method: "", path: "")
}
