/// When a transfer has waited too long, and for what. libcurl keeps the connect limit itself.
struct TransferDeadlines {
  private enum Stage {
    case connecting
    case asking(since: ContinuousClock.Instant)
    case answering(since: ContinuousClock.Instant)
    case held
  }

  private let limits: HTTPLimits
  /// When `total` begins to count: at the start, and anew while the request is still on its way.
  private var start: ContinuousClock.Instant
  private var stage = Stage.connecting

  init(_ limits: HTTPLimits, start: ContinuousClock.Instant) {
    self.limits = limits
    self.start = start
  }

  /// A connection is ready, or more of the request's body was taken.
  mutating func asked(at now: ContinuousClock.Instant) {
    switch stage {
    case .answering, .held: return
    case .connecting, .asking: break
    }
    stage = .asking(since: now)
    start = now
  }

  /// Something of the answer arrived and was dealt with.
  mutating func answered(at now: ContinuousClock.Instant) {
    stage = .answering(since: now)
  }

  /// The reader of the answer is behind: nobody may blame the other side for standing still.
  mutating func held() { stage = .held }

  /// What runs out next; nil when nothing ever does.
  var next: (phase: HTTPError.Phase, at: ContinuousClock.Instant)? {
    var candidates: [(phase: HTTPError.Phase, at: ContinuousClock.Instant)] = []
    if let total = limits.total { candidates.append((.total, start + total)) }
    switch stage {
    case .connecting, .held: break
    case .asking(let since):
      if let limit = limits.firstByte { candidates.append((.firstByte, since + limit)) }
    case .answering(let since):
      if let limit = limits.idle { candidates.append((.idle, since + limit)) }
    }
    return candidates.min { $0.at < $1.at }
  }

  /// The limit that had run out by then.
  func expired(by now: ContinuousClock.Instant) -> HTTPError.Phase? {
    guard let next, next.at <= now else { return nil }
    return next.phase
  }
}
