import HTTP
import Seedream

/// How one call of a provider ended.
enum CallEnding: Sendable {
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
    /// It answers a question for a job that the provider has taken, not the request itself.
    var answersPoll = false

    /// What is known of the request.
    var outcome: RequestOutcome {
      answersPoll
        ? RequestOutcome(ofJobAskedFor: error)
        : RequestOutcome(of: error, asksToWait: retryAfter != nil)
    }

    /// How the same request may be sent again, where the outcome admits it.
    var retry: RetryAdvice {
      guard outcome == .notGenerated else { return .never }
      // A 503 of an unknown code that names a time.
      return error.retry == .never ? .backOff : error.retry
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

    /// Why it is not known whether the request was drawn.
    fileprivate var doubt: String {
      guard error.isOfAGatewayGivingUp, let status = error.status else { return sentence }
      return "a gateway before the provider gave up on it (HTTP \(status))"
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
    // What met a question is judged by whoever asked it.
    case .failed(let refusal) where refusal.outcome == .unknown && !refusal.answersPoll:
      self = .interrupted(refusal.doubt)
    case .failed(let refusal): self = .refused(refusal)
    case .unreadable(let error): self = .interrupted("the answer cannot be read. \(error.sentence)")
    case .abandoned(let fault): self = .interrupted(fault.sentence)
    default:
      self =
        failure.map { CallEnding($0, hasLeft: hasLeft) }
        ?? .interrupted("the reply ended before it had said what became of the request")
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
