import Synchronization

/// What libmicrohttpd's callbacks work on: the handler, and the requests under way.
///
/// The server keeps it alive until libmicrohttpd has stopped.
final class ServerCore: Sendable {
  private struct Open {
    var exchanges: [UInt64: Exchange] = [:]
    var nextID: UInt64 = 1
    var isStopping = false
    /// Whether the alarm is set.
    var isTimed = false
    /// Of the bodies in memory.
    var bodyBytes = 0
    /// When requests that are not complete are given up, once the door is shut.
    var lastCall: ContinuousClock.Instant?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  let limits: HTTPServerLimits
  let screen: HTTPServerScreen
  let handler: @Sendable (HTTPServerRequest) async -> HTTPReply
  let watch: DisconnectWatch
  private let open = Mutex(Open())

  init(
    limits: HTTPServerLimits, screen: HTTPServerScreen,
    handler: @escaping @Sendable (HTTPServerRequest) async -> HTTPReply
  ) throws(HTTPError) {
    self.limits = limits
    self.screen = screen
    self.handler = handler
    watch = try DisconnectWatch()
    try watch.start(
      { [weak self] id in self?.exchange(id)?.abandon() }, alarm: { [weak self] in self?.sweep() })
  }

  /// The reply to a request that announces too large a body.
  func oversized(_ request: HTTPServerRequest) -> HTTPReply? {
    guard let length = request.header("Content-Length").flatMap({ Int($0) }),
      length > limits.maximumBodyBytes
    else { return nil }
    return screen.oversized(request, limits.maximumBodyBytes)
  }

  /// Takes a request in; nil while the server stops.
  func begin(_ make: (UInt64) -> Exchange) -> Exchange? {
    open.withLock { open in
      guard !open.isStopping else { return nil }
      let exchange = make(open.nextID)
      open.exchanges[open.nextID] = exchange
      open.nextID += 1
      if !open.isTimed, limits.idleSeconds > 0 {
        open.isTimed = true
        watch.ring(after: Double(limits.idleSeconds))
      }
      return exchange
    }
  }

  /// Ends the requests that do not come to their end, and sets the alarm for the next one.
  private func sweep() {
    let exchanges = open.withLock { open in
      open.isTimed = false
      return Array(open.exchanges.values)
    }
    guard let next = exchanges.compactMap({ $0.secondsLeft() }).min() else { return }
    open.withLock { open in
      open.isTimed = true
      watch.ring(after: next)
    }
  }

  /// Whether there is room for more of a body; what is taken is to be let go.
  func takeIn(_ count: Int) -> Bool {
    open.withLock { open in
      guard count <= limits.allBodiesBytes - open.bodyBytes else { return false }
      open.bodyBytes += count
      return true
    }
  }

  func letGo(_ count: Int) {
    if count > 0 { open.withLock { $0.bodyBytes -= count } }
  }

  /// Gives those who are still sending a request five seconds more.
  func hurry() {
    open.withLock { open in
      open.lastCall = .now + .seconds(5)
      guard !open.exchanges.isEmpty else { return }
      open.isTimed = true
      watch.ring(after: 5)
    }
  }

  var lastCall: ContinuousClock.Instant? { open.withLock { $0.lastCall } }

  func end(_ id: UInt64) {
    let waiting = open.withLock { open -> [CheckedContinuation<Void, Never>] in
      open.exchanges[id] = nil
      guard open.exchanges.isEmpty else { return [] }
      defer { open.waiting = [] }
      return open.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns when no request is under way.
  func untilQuiet() async {
    await withCheckedContinuation { continuation in
      let isQuiet = open.withLock { open in
        if !open.exchanges.isEmpty { open.waiting.append(continuation) }
        return open.exchanges.isEmpty
      }
      if isQuiet { continuation.resume() }
    }
  }

  /// Refuses new requests and wakes all that are under way, so that they end.
  func stop() {
    let exchanges = open.withLock { open in
      open.isStopping = true
      return Array(open.exchanges.values)
    }
    for exchange in exchanges { exchange.abandon() }
  }

  private func exchange(_ id: UInt64) -> Exchange? {
    open.withLock { $0.exchanges[id] }
  }
}
