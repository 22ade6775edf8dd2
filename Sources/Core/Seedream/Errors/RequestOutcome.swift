/// What is known of a request for pictures that has brought none: the one rule by which the client, the
/// gateway and the recorder decide what may be sent again and what may be on the bill.
///
/// There is no idempotency key (`WIRE.md`), so doubt is `unknown`: only what nobody can have generated, by the
/// line's own word or by that of whoever answered, is anything else.
public enum RequestOutcome: Equatable, Hashable, Sendable {
  /// Nothing was generated, and nothing will be: the same request may be sent again, and may then pass.
  case notGenerated
  /// Nothing was generated, and the same request gets the same answer.
  case rejected
  /// It may have been generated and billed. Nobody sends it again by himself.
  case unknown

  /// The outcome where no answer came to its end.
  ///
  /// - Parameter mayHaveBeenSent: False only where the request did not leave, at least not whole.
  public init(mayHaveBeenSent: Bool) {
    self = mayHaveBeenSent ? .unknown : .notGenerated
  }

  /// The outcome of a request that was answered without a picture.
  ///
  /// - Parameters:
  ///   - error: What the answer says. Its status is that of HTTP; a success, or none, means that the error
  ///     stood inside a reply or a stream that calls itself a success.
  ///   - asksToWait: Whether the answer names a time after which to come again.
  public init(of error: APIError, asksToWait: Bool = false) {
    guard let status = error.status, !(200..<300).contains(status) else {
      // A head has gone before it: what follows is never sent again by itself.
      self = error.isSurelyRefused ? .rejected : .unknown
      return
    }
    switch error.retry {
    case _ where error.isOfALostAnswer:
      self = .unknown
    // Its own status, 429 too, is that of somebody between.
    case _ where error.quotesAnotherStatus && error.isSurelyRefused:
      self = .rejected
    case _ where error.isOfAGatewayGivingUp:
      self = error.isSurelyRefused && error.retry == .never ? .rejected : .unknown
    case .never where error.isSurelyRefused || Self.rejections.contains(status):
      self = .rejected
    case .never where status == 503 && asksToWait && !error.isGatewaysOwn:
      self = .notGenerated
    case .never:
      self = .unknown
    case .backOff, .fewerAtOnce, .limited, .once:
      self = .notGenerated
    }
  }

  /// The outcome of a request that the provider took as a job, by the answer to a question for that job.
  ///
  /// Only the job's own status counts: no HTTP status, page or silence that meets a question says anything of it.
  public init(ofJobAskedFor error: APIError) {
    let isOfTheJob = error.status.map { (200..<300).contains($0) } ?? true
    self = isOfTheJob && !error.isWithoutMeaning ? .rejected : .unknown
  }

  /// Statuses by which whoever answers says that he did not take the request, see RFC 9110 (section 15),
  /// RFC 4918, 6585, 7725 and 8470; 494 to 497 are nginx's, for heads and certificates it does not take. Not
  /// among them: 408, 409 and 424, which may be the end of a request that runs, 302 and 303, which may be the
  /// answer to one that has run, and all that have no meaning.
  private static let rejections: Set<Int> = [
    301, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 410, 411, 412, 413, 414, 415, 416, 417,
    421, 422, 423, 425, 426, 428, 429, 431, 451, 494, 495, 496, 497, 501, 505, 511,
  ]
}
