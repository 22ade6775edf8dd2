import Gallery
import Jobs
import Seedream

// How ends and refusals are written to the journal, and told.

extension CallEnding {
  /// The line that ends a job, or one attempt at it.
  ///
  /// - Parameters:
  ///   - pictures: How many the reply named.
  ///   - generated: How many the provider says it generated, where it says so.
  ///   - isTriedAgain: Another attempt follows by itself; the next service makes it if this one cannot.
  func journalled(
    pictures: Int, generated: Int? = nil, requestID: String?, isTriedAgain: Bool
  ) -> JournalEntry.Event {
    switch self {
    case .complete: .finished(count: pictures)
    case .cancelled: .cancelled
    case .refused(let refusal):
      .failed(
        .init(
          code: refusal.error.code, message: refusal.sentence,
          requestID: refusal.error.requestID ?? requestID, isTriedAgain: isTriedAgain))
    case .notSent(let reason, _):
      .failed(
        .init(
          code: "NotSent", message: "Nothing was sent: \(reason)", isTriedAgain: isTriedAgain))
    case .interrupted(let reason):
      .failed(
        .init(
          code: JournalEntry.Failure.unknownOutcome,
          message: reason, requestID: requestID, generated: generated))
    }
  }
}

extension JournalEntry.Failure {
  /// A member of a set that was refused.
  init(_ error: APIError, number: Int, requestID: String?) {
    self.init(
      code: error.code, message: error.sentence, number: number,
      requestID: error.requestID ?? requestID)
  }
}

extension JobStatus.Member {
  init(index: Int, _ loss: PictureLoss) {
    self.init(
      index: index,
      outcome: .lost(message: loss.sentence(index + 1), isFetchable: loss.isFetchable))
  }

  init(index: Int, _ error: APIError, requestID: String?) {
    self.init(
      index: index,
      outcome: .refused(
        code: error.code, message: error.sentence, requestID: error.requestID ?? requestID),
      said: error.message)
  }
}
