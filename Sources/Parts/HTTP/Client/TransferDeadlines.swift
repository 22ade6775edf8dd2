/// When a transfer has waited too long, and for what. libcurl keeps the connect limit itself.
struct TransferDeadlines {
  private enum Stage {
    case connecting
    case asking(since: ContinuousClock.Instant)
    case answering(since: ContinuousClock.Instant)
    /// Our side is behind: with taking the answer, or with giving what is asked.
    case held(since: ContinuousClock.Instant, isAsking: Bool)
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
    case .answering, .held(since: _, isAsking: false): return
    case .connecting, .asking, .held: break
    }
    stage = .asking(since: now)
    start = now
  }

  /// Something of the answer arrived and was dealt with.
  mutating func answered(at now: ContinuousClock.Instant) {
    if case .held(since: let since, isAsking: _) = stage { start += now - since }
    stage = .answering(since: now)
  }

  /// Our side is behind, be it for hours: nobody may blame the other one for standing still, and what is
  /// paid for must not be cut.
  mutating func held(at now: ContinuousClock.Instant) {
    switch stage {
    case .held: return
    case .answering: stage = .held(since: now, isAsking: false)
    case .connecting, .asking: stage = .held(since: now, isAsking: true)
    }
  }

  /// Our side has caught up.
  mutating func resumed(at now: ContinuousClock.Instant) {
    switch stage {
    case .held(since: _, isAsking: true): asked(at: now)
    case .held: answered(at: now)
    case .connecting, .asking, .answering: return
    }
  }

  /// What runs out next; nil when nothing ever does.
  var next: (phase: HTTPError.Phase, at: ContinuousClock.Instant)? {
    if case .held = stage { return nil }
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
