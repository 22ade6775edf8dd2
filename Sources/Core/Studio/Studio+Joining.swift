import Gallery
import Jobs
import Posix
import Seedream

// Clients whose patience ends before their picture is drawn ask again by themselves. That is not a second order.

extension Studio {
  /// How long after a job's end a request that is surely a further try of it gets its answer, in seconds: the
  /// libraries' own limit is ten minutes, and the reply may have been lost at its beginning.
  static let repeatWindow = 900.0
  /// How long an equal request that nobody counts gets the answer of a job that ended without a picture, in
  /// seconds: libraries that ignore `X-Should-Retry` ask again after two at most.
  static let echoWindow = 10.0

  /// The jobs that a submission only asks for once more, all of one send; nil where it is a new order.
  func repeated(by fingerprint: RequestFingerprint) -> [JobStatus]? {
    let now = SystemClock.secondsSince1970
    let job = table.newest { job in
      guard let first = job.fingerprint, first.digest == fingerprint.digest else { return false }
      let jobs = table.together(with: job)
      if jobs.allSatisfy(\.isDecided) { return false }
      let isFurtherTry = fingerprint.isFurtherTry(of: first)
      let isOver = jobs.allSatisfy { $0.status.finished != nil }
      guard isOver, let finished = jobs.compactMap(\.status.finished).max() else {
        return isFurtherTry || fingerprint.joinsEqual
      }
      // Nothing left: the further try is the first that may.
      if jobs.allSatisfy(\.status.hasNotLeft) { return false }
      if isFurtherTry { return now - finished < Self.repeatWindow }
      return fingerprint.joinsEqual && now - finished < Self.echoWindow
        && JobStatus.together(jobs.map(\.status)).isAskedForAgain
    }
    return job.map { table.together(with: $0).map(\.status) }
  }

  /// Takes a request of a client that may ask again by itself. Two that are equal are never taken at once.
  func submitOnce(
    _ submission: JobSubmission, _ fingerprint: RequestFingerprint
  ) async throws(StudioError) -> [JobStatus] {
    while beingSubmitted[fingerprint.digest] != nil {
      await withCheckedContinuation { beingSubmitted[fingerprint.digest]?.append($0) }
    }
    if let statuses = repeated(by: fingerprint) { return statuses }
    beingSubmitted[fingerprint.digest] = []
    defer {
      for waiter in beingSubmitted.removeValue(forKey: fingerprint.digest) ?? [] { waiter.resume() }
    }
    return try await submit(submission, needsKey: false, resending: nil)
  }
}

extension JobStatus {
  /// Whether it ended without that anything went to the provider or came from there.
  fileprivate var hasNotLeft: Bool { state == .failed && error == nil && members.isEmpty }

  /// Whether its answer is one at which libraries ask again that ignore what the answer says of that.
  fileprivate var isAskedForAgain: Bool {
    guard pictures.isEmpty else { return false }
    if state.phase == .unknown { return true }
    let own = error?.status ?? 200
    let status = (200..<300).contains(own) ? error?.properStatus ?? 400 : own
    if error != nil, status >= 500 || [408, 409, 429].contains(status) { return true }
    return members.contains { if case .lost = $0.outcome { true } else { false } }
  }
}
