import Gallery
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

  /// The job that a submission only asks for once more; nil where it is a new order.
  func repeated(by fingerprint: RequestFingerprint) -> JobStatus? {
    let now = SystemClock.secondsSince1970
    return table.newest { job in
      guard let first = job.fingerprint, first.digest == fingerprint.digest, !job.isDecided else {
        return false
      }
      let isFurtherTry = fingerprint.isFurtherTry(of: first)
      guard let finished = job.status.finished else {
        return isFurtherTry || fingerprint.joinsEqual
      }
      // Nothing left: the further try is the first that may.
      if job.status.state == .failed, job.status.error == nil, job.status.members.isEmpty {
        return false
      }
      if isFurtherTry { return now - finished < Self.repeatWindow }
      return fingerprint.joinsEqual && job.status.isAskedForAgain
        && now - finished < Self.echoWindow
    }
  }

  /// Takes a request of a client that may ask again by itself. Two that are equal are never taken at once.
  func submitOnce(
    _ submission: JobSubmission, _ fingerprint: RequestFingerprint
  ) async throws(StudioError) -> JobStatus {
    while beingSubmitted[fingerprint.digest] != nil {
      await withCheckedContinuation { beingSubmitted[fingerprint.digest]?.append($0) }
    }
    if let status = repeated(by: fingerprint) { return status }
    beingSubmitted[fingerprint.digest] = []
    defer {
      for waiter in beingSubmitted.removeValue(forKey: fingerprint.digest) ?? [] { waiter.resume() }
    }
    return try await submit(submission, needsKey: false, resending: nil)
  }
}

extension JobStatus {
  /// Whether its answer is one at which libraries ask again that ignore what the answer says of that.
  fileprivate var isAskedForAgain: Bool {
    guard pictures.isEmpty else { return false }
    if state == .unknown { return true }
    let own = error?.status ?? 200
    let status = (200..<300).contains(own) ? error?.properStatus ?? 400 : own
    if error != nil, status >= 500 || [408, 409, 429].contains(status) { return true }
    return members.contains { if case .lost = $0.outcome { true } else { false } }
  }
}
