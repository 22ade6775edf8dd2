import Gallery
import Posix
import Seedream

/// What the journal knows of one job of an earlier service.
struct PastJob {
  let id: JobID
  let intent: JournalEntry.Intent
  let submitted: Timestamp

  private enum End {
    case complete
    case failed(String)
    case cancelled(mayBeBilled: Bool)
    case unknown(String)
    case forgotten
  }

  private var sent: Timestamp?
  private var attempts = 0
  /// Whether a request has left whose answer is not in the journal.
  private var isOutstanding = false
  /// What the provider calls it, where it draws later than it answers.
  private var pending: String?
  private var end: End?
  private var ended: Timestamp?
  private var results: [Int: (source: JournalEntry.Source, time: Timestamp)] = [:]
  private var done: Set<Int> = []
  private var refusals: [Int: JournalEntry.Failure] = [:]
  private var requestID: String?

  init(id: JobID, intent: JournalEntry.Intent, submitted: Timestamp) {
    self.id = id
    self.intent = intent
    self.submitted = submitted
  }

  mutating func take(_ entry: JournalEntry) {
    switch entry.event {
    case .intent: break
    case .sent(let attempt):
      (sent, attempts, isOutstanding) = (entry.time, attempt, true)
      (end, pending) = (nil, nil)
    case .pending(let id): pending = id
    case .result(let number, let source): results[number] = (source, entry.time)
    case .done(let picture), .trashed(let picture), .erased(let picture):
      done.insert(picture.number)
    case .finished: finish(.complete, entry.time)
    case .failed(let failure):
      requestID = failure.requestID ?? requestID
      if let number = failure.number {
        refusals[number] = failure
      } else {
        let isUnknown = failure.code == JournalEntry.Failure.unknownOutcome
        finish(isUnknown ? .unknown(failure.message) : .failed(failure.message), entry.time)
      }
    case .cancelled: finish(.cancelled(mayBeBilled: isOutstanding), entry.time)
    case .forgotten: finish(.forgotten, entry.time)
    case .edited, .moved, .settled, .resent, .arrived, .restored: break
    }
  }

  private mutating func finish(_ end: End, _ time: Timestamp) {
    self.end = end
    ended = time
    isOutstanding = false
  }

  // MARK: The job again

  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - picture: Finds a picture of the gallery; nil where it is not there.
  func job(modelName: String, now: Double, picture: (PictureID) -> SavedPicture?) -> Job {
    var status = JobStatus(
      id: id.description, state: .failed, request: intent.request, provider: intent.provider,
      modelName: modelName, submitted: submitted.seconds, sent: sent?.seconds,
      finished: (ended ?? sent ?? submitted).seconds, attempts: attempts,
      providerRequestID: requestID, clientRequestID: intent.clientRequestID)
    for (number, failure) in refusals {
      status.set(
        .init(
          index: number - 1,
          outcome: .refused(
            code: failure.code, message: failure.message, requestID: failure.requestID)))
    }
    var missing: [Int: PictureSource] = [:]
    for number in done.union(results.keys) {
      if let saved = picture(PictureID(job: id, number: number)) {
        status.set(.init(index: number - 1, outcome: .saved(saved)))
      } else if let result = results[number], !done.contains(number) {
        let source = PictureSource(result.source)
        let loss = loss(source, named: result.time, now: now)
        if loss.isFetchable { missing[number] = source }
        status.set(.init(index: number - 1, loss))
      }
    }
    (status.state, status.message) = ending(status)
    return Job(
      status: status, id: id, request: intent.request, dialect: intent.dialect ?? "",
      submitted: submitted, missing: missing)
  }

  /// How long an address works that does not say it itself, in seconds: the vendor's 24 hours.
  private static let lifetime = 86_400.0

  private func loss(_ source: PictureSource, named time: Timestamp, now: Double) -> PictureLoss {
    if case .address(let address) = source {
      let expiry = AddressExpiry(address) ?? AddressExpiry(time: time.seconds + Self.lifetime)
      guard expiry.time > now else {
        return PictureLoss("its address expired at \(expiry.shown).", isFetchable: false)
      }
    }
    return PictureLoss("the service ended before it was here.", isFetchable: true)
  }

  private func ending(_ status: JobStatus) -> (JobState, String?) {
    switch end {
    case .complete: (Verdict.state(of: status.members, saved: done.count), status.firstTrouble)
    case .failed(let message):
      (done.isEmpty ? .failed : .partlyDone, message)
    case .cancelled(let mayBeBilled): (.cancelled, Verdict.cancelled(mayBeBilled: mayBeBilled))
    case .unknown(let reason):
      (
        .unknown,
        Verdict.of(
          .interrupted(reason), members: status.members, asked: intent.request.count
        ).message
      )
    case .forgotten: (.failed, "Its outcome was never known, and was put aside.")
    case nil where isOutstanding && pending != nil:
      (
        .unknown,
        "The service ended while the provider drew this as its job '\(printable(pending ?? ""))': it may "
          + "be drawn and billed. Ask the provider for that job; it is not sent again by itself."
      )
    case nil where isOutstanding:
      (
        .unknown,
        "The service ended while this was running: it may have been drawn and billed; "
          + "it is not sent again by itself."
      )
    case nil:
      (.failed, "Never sent: the service ended before its turn. Send it again.")
    }
  }
}

extension JournalEntry.Failure {
  /// The code of a job whose request left and whose answer did not come to its end.
  static let unknownOutcome = "OutcomeUnknown"
}

extension Timestamp {
  /// Since 1970.
  var seconds: Double { Double(milliseconds) / 1000 }
}
