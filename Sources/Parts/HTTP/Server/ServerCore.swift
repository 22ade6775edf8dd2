import Synchronization

/// What libmicrohttpd's callbacks work on: the handler, and the requests under way.
///
/// The server keeps it alive until libmicrohttpd has stopped.
final class ServerCore: Sendable {
  private struct Open {
    var exchanges: [UInt64: ServerExchange] = [:]
    var nextID: UInt64 = 1
    var isStopping = false
    /// When the timer fires.
    var timer: ContinuousClock.Instant?
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
  let connections: ConnectionTable
  private let open = Mutex(Open())

  init(
    limits: HTTPServerLimits, screen: HTTPServerScreen,
    handler: @escaping @Sendable (HTTPServerRequest) async -> HTTPReply
  ) throws(HTTPError) {
    self.limits = limits
    self.screen = screen
    self.handler = handler
    connections = ConnectionTable(limits)
    watch = try DisconnectWatch()
    try watch.start(
      { [weak self] id, hasLeft in
        guard let exchange = self?.exchange(id) else { return }
        if hasLeft { exchange.abandon() } else { exchange.saysNoMore() }
      }, timer: { [weak self] in self?.sweep() })
  }

  /// The reply to a request that announces too large a body.
  func oversized(_ request: HTTPServerRequest) -> HTTPReply? {
    guard let length = Self.length(of: request), length > limits.maximumBodyBytes else {
      return nil
    }
    var reply = screen.oversized(request, limits.maximumBodyBytes)
    if isHopeless(request) { reply.headers.append(HTTPHeader("Connection", "close")) }
    return reply
  }

  /// Whether a body is too long to be read to its end only so that the client hears why it is refused.
  func isHopeless(_ request: HTTPServerRequest) -> Bool {
    Self.length(of: request).map { $0 > mostReadBytes } ?? false
  }

  /// How much of a body that is too long is read and forgotten.
  var mostReadBytes: Int {
    let (product, overflow) = limits.maximumBodyBytes.multipliedReportingOverflow(by: 4)
    return overflow ? .max : product
  }

  /// A number of digits, by now.
  private static func length(of request: HTTPServerRequest) -> Int? {
    request.header("Content-Length").map { Int($0) ?? .max }
  }

  /// Takes a request in; nil while the server stops.
  func begin(_ make: (UInt64) -> ServerExchange) -> ServerExchange? {
    open.withLock { open in
      guard !open.isStopping else { return nil }
      let exchange = make(open.nextID)
      open.exchanges[open.nextID] = exchange
      open.nextID += 1
      if limits.idleSeconds > 0 { setAlarm(after: Double(limits.idleSeconds), &open) }
      return exchange
    }
  }

  /// Takes a connection in.
  func connected(_ socket: Int32) -> ServerConnection {
    let connection = ServerConnection(id: connections.nextID(), socket: socket, core: self)
    connections.add(connection)
    if connection.peer != nil {
      open.withLock { setAlarm(after: max(Double(limits.headSeconds) / 4, 0.1), &$0) }
    }
    return connection
  }

  /// Ends the requests that do not come to their end, and sets the timer for the next one.
  private func sweep() {
    let exchanges = open.withLock { open in
      open.timer = nil
      return Array(open.exchanges.values)
    }
    let next = [exchanges.compactMap { $0.secondsLeft() }.min(), connections.sweep()]
    guard let next = next.compactMap({ $0 }).min() else { return }
    open.withLock { setAlarm(after: next, &$0) }
  }

  /// Unless it goes off earlier.
  private func setAlarm(after seconds: Double, _ open: inout Open) {
    let time = ContinuousClock.now + .seconds(seconds)
    if let set = open.timer, set <= time { return }
    open.timer = time
    watch.ring(after: seconds)
  }

  /// Whether there is room for more of a body; what is taken is to be let go.
  func takeIn(_ count: Int) -> Bool {
    open.withLock { open in
      guard count <= limits.allBodiesBytes - open.bodyBytes else { return false }
      open.bodyBytes += count
      return true
    }
  }

  func release(_ count: Int) {
    if count > 0 { open.withLock { $0.bodyBytes -= count } }
  }

  /// Gives those who are still sending a request five seconds more.
  func hurry() {
    open.withLock { open in
      open.lastCall = .now + .seconds(5)
      guard !open.exchanges.isEmpty else { return }
      setAlarm(after: 5, &open)
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

  private func exchange(_ id: UInt64) -> ServerExchange? {
    open.withLock { $0.exchanges[id] }
  }
}
