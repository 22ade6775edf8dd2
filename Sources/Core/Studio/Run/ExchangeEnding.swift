import HTTP
import Seedream

/// How one exchange with a provider ended.
enum ExchangeEnding: Sendable {
  /// The reply has said everything.
  case complete
  /// The provider answered that it draws nothing, or nothing more.
  case refused(Refusal)
  /// The request did not leave, at least not whole: it cannot have been drawn. A transient reason may
  /// have gone in a moment.
  case notSent(reason: String, isTransient: Bool)
  case cancelled(mayBeBilled: Bool)
  /// The request left and the reply did not come to its end: what is missing may have been drawn.
  case interrupted(String)

  struct Refusal: Equatable, Sendable {
    var error: APIError
    /// How long the provider asks to wait, in seconds.
    var retryAfter: Double?
    /// The provider said in so many words that trying again is of no use.
    var forbidsRetry = false

    /// Whether the same request may be sent again. A 503 says so only in the vendor's words, or with a time.
    var retry: RetryAdvice {
      error.status == 503 && !error.hasKnownCode && retryAfter != nil ? .backOff : error.retry
    }

    /// Whether the provider behind a gateway may still draw: it lost the line to it, or its patience. 499
    /// is nginx's; 520 to 524 are Cloudflare's ("Cloudflare 5xx errors"). Envoy's 503 means a connection
    /// that ended under a request as well as one that never began.
    var isOfAGatewayGivingUp: Bool {
      switch error.status {
      case 408?, 499?, 502?, 504?, 520?, 521?, 522?, 523?, 524?: true
      case 503?: error.isGatewaysOwn
      default: false
      }
    }

    /// Whether it is certain that nothing was drawn: the request itself was turned down.
    var isCertainlyUndrawn: Bool { error.status.map { (400..<500).contains($0) } ?? false }

    /// What happened, what to do, how long to wait first where the provider says so, and what its support
    /// asks for.
    var sentence: String {
      let code = error.code.isEmpty ? "" : " [\(error.code)]"
      let request = error.requestID.map { " (request \($0))" } ?? ""
      return error.sentence + wish + code + request
    }

    private var wish: String {
      guard let retryAfter, retryAfter >= 1 else { return "" }
      let seconds = Int(retryAfter.rounded(.up))
      let time =
        seconds == 1
        ? "a second" : seconds < 120 ? "\(seconds) seconds" : "\((seconds + 59) / 60) minutes"
      return " It asks to wait \(time) before another try."
    }
  }

  /// - Parameters:
  ///   - last: The event that ended the reply, if one did.
  ///   - failure: What broke the transfer.
  ///   - hasLeft: Whether the last byte of the request was taken up.
  init(last: ReplyReceiver.Event?, failure: HTTPError?, hasLeft: Bool) {
    switch last {
    case .finished: self = .complete
    case .failed(let refusal) where refusal.isOfAGatewayGivingUp:
      self = .interrupted(
        "a gateway before the provider gave up on it (HTTP \(refusal.error.status ?? 504))")
    case .failed(let refusal): self = .refused(refusal)
    case .abandoned(let fault): self = .interrupted(fault.sentence)
    default:
      self =
        failure.map { ExchangeEnding($0, hasLeft: hasLeft) }
        ?? .interrupted("the connection ended before the reply did")
    }
  }

  private init(_ failure: HTTPError, hasLeft: Bool) {
    // A body that is not whole cannot be understood, let alone drawn.
    let mayHaveRun = hasLeft && failure.requestMayHaveBeenSent
    if let unreadable = failure.underlying as? ReferenceStream.Unreadable {
      self = .notSent(reason: unreadable.message, isTransient: false)
    } else if failure.code == .cancelled {
      self = .cancelled(mayBeBilled: mayHaveRun)
    } else if mayHaveRun {
      self = .interrupted(failure.message)
    } else {
      self = .notSent(reason: failure.message, isTransient: Self.isTransient(failure.code))
    }
  }

  private static func isTransient(_ code: HTTPError.Code) -> Bool {
    switch code {
    case .couldNotResolve, .couldNotConnect, .cut, .timedOut: true
    default: false
    }
  }
}
