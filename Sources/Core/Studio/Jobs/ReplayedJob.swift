import Gallery
import Jobs
import Posix
import Seedream

/// What the journal knows of one job of an earlier service.
struct ReplayedJob {
  let id: JobID
  private(set) var intent: JournalEntry.Intent
  let submitted: Timestamp

  private enum End {
    case complete
    case failed(String)
    case cancelled(mayBeBilled: Bool)
    case unknown(String)
  }

  /// What a user decided about an unknown outcome.
  private enum Decision {
    case forgotten
    case resent(JobID)
    case arrived
  }

  private var sent: Timestamp?
  private var attempts = 0
  /// Whether a request has left whose answer is not in the journal.
  private var isOutstanding = false
  /// What the provider calls it, where it draws later than it answers.
  private var pending: String?
  private var end: End?
  private var decision: Decision?
  private var cost: Price?
  private var ended: Timestamp?
  private var results: [Int: (source: JournalEntry.Source, time: Timestamp)] = [:]
  private var said: [Int: SaidOfPicture] = [:]
  private var done: Set<Int> = []
  private var refusals: [Int: JournalEntry.Failure] = [:]
  private var requestID: String?
  /// An edited job stays that of the same client.
  private let fingerprint: RequestFingerprint?
  private var generated: Int?
  private var rawReply: JobStatus.RawReply?

  init(id: JobID, intent: JournalEntry.Intent, submitted: Timestamp) {
    self.id = id
    self.intent = intent
    self.submitted = submitted
    fingerprint = intent.fingerprint
  }

  mutating func apply(_ entry: JournalEntry) {
    switch entry.event {
    case .intent: break
    case .edited(let intent): self.intent = intent
    case .sent(let attempt):
      (sent, attempts, isOutstanding) = (entry.time, attempt, true)
      (end, pending, generated, rawReply) = (nil, nil, nil, nil)
    case .pending(let id, let count):
      pending = id
      generated = count ?? generated
    case .result(let number, let source, let said):
      results[number] = (source, entry.time)
      // A later line says where the bytes are now.
      if !said.isEmpty { self.said[number] = said }
      if intent.request.isLost { intent.request.count = max(intent.request.count, number) }
    case .done(let picture), .trashed(let picture), .erased(let picture):
      done.insert(picture.number)
    case .finished: finish(.complete, entry.time)
    case .failed(let failure):
      requestID = failure.requestID ?? requestID
      if let number = failure.number {
        refusals[number] = failure
      } else if failure.isTriedAgain == true {
        (isOutstanding, pending) = (false, nil)
      } else {
        let isUnknown = failure.code == JournalEntry.Failure.unknownOutcome
        generated = failure.generated
        finish(isUnknown ? .unknown(failure.message) : .failed(failure.message), entry.time)
      }
    case .rawReply(_, let byteCount, let isWhole):
      rawReply = JobStatus.RawReply(byteCount: byteCount, isWhole: isWhole)
    case .cancelled: finish(.cancelled(mayBeBilled: isOutstanding), entry.time)
    case .forgotten: decide(.forgotten, entry.time)
    case .resent(let other): decide(.resent(other), entry.time)
    case .arrived: decide(.arrived, entry.time)
    case .settled(_, let price): cost = price
    case .moved, .restored: break
    }
  }

  private mutating func decide(_ decision: Decision, _ time: Timestamp) {
    self.decision = decision
    ended = ended ?? time
  }

  private mutating func finish(_ end: End, _ time: Timestamp) {
    self.end = end
    ended = time
    isOutstanding = false
  }

  // MARK: The job again

  /// Whether there may be something left to do about it, by the service or by a user.
  var mayBeOpen: Bool {
    let isOver =
      switch end {
      case .complete: rawReply == nil || decision != nil
      case .failed, .cancelled: true
      case .unknown, nil: decision != nil
      }
    return !isOver || results.keys.contains { !done.contains($0) }
  }

  /// - Parameters:
  ///   - isDamaged: A line of the journal is lost, which may have said that this was sent.
  ///   - now: Seconds since 1970.
  ///   - picture: Finds a picture of the gallery; nil where it is not there.
  func job(
    modelName: String, isDamaged: Bool, now: Double, picture: (PictureID) -> SavedPicture?
  ) -> Job {
    var status = JobStatus(
      id: id.description, state: .failed, request: intent.request, provider: intent.provider,
      modelName: modelName, submitted: submitted.seconds, sent: sent?.seconds, attempts: attempts,
      providerRequestID: requestID, clientRequestID: intent.clientRequestID,
      reserved: intent.reserved, cost: cost, group: intent.group)
    if let generated { status.usage = Usage(generatedImages: generated) }
    status.rawReply = rawReply
    for (number, failure) in refusals {
      status.set(
        .init(
          index: number - 1,
          outcome: .refused(
            code: failure.code, message: failure.message, requestID: failure.requestID)))
    }
    if intent.request.isLost {
      status.notices = ["The line of the journal with its request is damaged and was left out."]
    }
    var missing: [Int: PictureSource] = [:]
    for number in done.union(results.keys) {
      if let saved = picture(PictureID(job: id, number: number)) {
        status.set(.init(index: number - 1, outcome: .saved(saved)))
      } else if let result = results[number], !done.contains(number) {
        let source = PictureSource(result.source, named: result.time.seconds)
        let loss = loss(source, now: now)
        if loss.isFetchable { missing[number] = source }
        status.set(.init(index: number - 1, loss))
      }
    }
    let provider = provider
    (status.state, status.message) =
      isAskedAgain(now: now)
      ? outstanding(provider != nil)
      : ending(status, canGoOn: provider != nil, isDamaged: isDamaged)
    if !intent.isPaid, end == nil, status.state == .unknown(.open) {
      status.state = done.isEmpty ? .failed : .partlyDone
      status.message =
        "The sandbox was cut off while it drew this; nothing was paid. Send it again."
    }
    if status.state.isFinal { status.finished = (ended ?? sent ?? submitted).seconds }
    let needsKey = !status.state.isFinal && provider?.baseURL != nil
    if needsKey {
      status.state.needsKey = true
      status.message = "Looks for the key of '\(intent.provider)'."
    }
    return Job(
      status: status, id: id, request: intent.request, provider: provider,
      dialect: intent.dialect ?? "", submitted: submitted, usesKey: provider?.baseURL != nil,
      fingerprint: fingerprint, provenance: intent.provenance, missing: missing, said: said,
      pending: status.state.phase == .running ? pending.flatMap(PendingJob.init) : nil,
      isDecided: decision != nil)
  }

  /// Nil where the journal of an older program does not say where it was to be sent.
  private var provider: ProviderConnection? {
    guard let dialect = intent.dialect else { return nil }
    guard intent.baseURL != nil || dialect == ProviderConnection.sandbox.dialect else { return nil }
    return ProviderConnection(
      name: intent.provider, dialect: dialect, baseURL: intent.baseURL, headers: intent.headers,
      limits: intent.limits, prices: intent.prices)
  }

  private func loss(_ source: PictureSource, now: Double) -> PictureLoss {
    if case .address(_, let expiry) = source, expiry.time <= now {
      return PictureLoss("its address expired at \(expiry.shown).", isFetchable: false)
    }
    return PictureLoss("the service ended before it was here.", isFetchable: true)
  }

  /// - Parameter canGoOn: It is known where it was to be sent.
  private func ending(
    _ status: JobStatus, canGoOn: Bool, isDamaged: Bool
  ) -> (JobState, String?) {
    switch (decision, end) {
    case (.forgotten, _): (.unknown(.settled), JobStatus.putAside)
    case (.resent(let other), _): (.unknown(.settled), JobStatus.sentAgain(as: other.description))
    case (nil, .complete) where rawReply != nil:
      (.unknown(.open), JobOutcome.unread(status.members))
    case (.arrived, _), (nil, .complete):
      (JobOutcome.state(of: status.members, saved: done.count), status.firstTrouble)
    case (nil, .failed(let message)): (done.isEmpty ? .failed : .partlyDone, message)
    case (nil, .cancelled(let mayBeBilled)):
      (.cancelled, JobOutcome.cancelled(mayBeBilled: mayBeBilled, isPaid: intent.isPaid))
    case (nil, .unknown(let reason)):
      (
        .unknown(.open),
        JobOutcome.of(
          .interrupted(reason), members: status.members, asked: intent.request.count,
          isPaid: intent.isPaid
        ).message
      )
    case (nil, nil) where isOutstanding: outstanding(canGoOn)
    case (nil, nil) where isDamaged && canGoOn:
      (
        .unknown(.open),
        "A line of the journal is damaged, which may have said that this was sent: it is not sent by "
          + "itself."
      )
    case (nil, nil): unsent(canGoOn)
    }
  }

  /// Whether the provider took it as a job and did not tell how that ended: it is asked once more by every
  /// service of a day, which is how long a picture can be fetched.
  private func isAskedAgain(now: Double) -> Bool {
    guard case .unknown = end, decision == nil, provider != nil, let sent else { return false }
    return pending.flatMap(PendingJob.init) != nil && now - sent.seconds < 86_400
  }

  private func unsent(_ canGoOn: Bool) -> (JobState, String?) {
    canGoOn
      ? (.queued(), nil)
      : (.failed, "Never sent: the service ended before its turn. Send it again.")
  }

  private func outstanding(_ canGoOn: Bool) -> (JobState, String?) {
    guard let pending else {
      return (
        .unknown(.open),
        "The service ended while this was running: it may have been drawn and billed; "
          + "it is not sent again by itself."
      )
    }
    guard !canGoOn || PendingJob(id: pending) == nil else { return (.running(), nil) }
    return (
      .unknown(.open),
      "The service ended while the provider drew this as its job '\(printable(pending))': it may "
        + "be drawn and billed. Ask the provider for that job; it is not sent again by itself."
    )
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
