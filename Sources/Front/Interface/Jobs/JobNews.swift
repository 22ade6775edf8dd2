import Jobs
import Seedream

/// What the user was told of jobs: nothing is said twice.
struct JobNews: Equatable, Sendable {
  /// How jobs ended, as was last told of each.
  private var ends: [String: String] = [:]
  /// Unknown outcomes that were told of.
  private var unknown: Set<String> = []
  /// Nil while a service is heard, or none was yet.
  private var loss: Loss?

  private struct Loss: Equatable, Sendable {
    /// Those that were under way.
    var jobs: Set<String>
    /// Whether nobody has told the service to end.
    var isUnexpected: Bool
  }

  mutating func serviceLost(_ jobs: Set<String>, isUnexpected: Bool) {
    loss = Loss(
      jobs: jobs.union(loss?.jobs ?? []),
      isUnexpected: isUnexpected || loss?.isUnexpected == true)
  }

  /// What became of the jobs that were under way when the service broke down, once it runs again.
  mutating func notice(ofRestart jobs: JobList) -> Notice? {
    guard let loss, loss.isUnexpected else {
      loss = nil
      return nil
    }
    self.loss = nil
    let now = loss.jobs.map { jobs[$0]?.state }
    let open = now.count { $0?.isFinal == false && $0?.isUnresolved != true }
    // Those without an answer are told of by themselves.
    let ended = now.count { $0?.isFinal == true && $0?.isUnresolved != true }
    let gone = now.count { $0 == nil }
    let parts = [
      (open, "job goes on", "jobs go on"), (ended, "job ended", "jobs ended"),
      (gone, "job is not known any more", "jobs are not known any more"),
    ].filter { $0.0 > 0 }.map { Wording.counted($0.0, $0.1, $0.2) }
    let jobs =
      loss.jobs.isEmpty
      ? "; no job was under way." : parts.isEmpty ? "." : ": \(parts.joined(separator: ", "))."
    return Notice(.warning, "The service broke down and was started again\(jobs)")
  }

  /// What is to be said of a job whose state has changed: somebody may have been looking elsewhere.
  ///
  /// - Parameter isFree: whether nobody is paid for it.
  mutating func notice(of job: JobStatus, isFree: Bool) -> Notice? {
    let why = job.note.map { " \($0)" } ?? ""
    if job.state.isFinal {
      // A picture that cannot be fetched is tried for again and again; it is told of once.
      let end = "\(job.state)\(why)"
      guard ends.updateValue(end, forKey: job.id) != end else { return nil }
    }
    switch job.state {
    case .failed: return Notice(.error, "Job \(job.id) failed.\(why)")
    case .unknown(let resolution):
      unknown.insert(job.id)
      guard resolution == .open else { return Notice(.information, "Job \(job.id):\(why)") }
      let risk =
        isFree ? "nothing is paid for it." : "it may have been drawn and paid for."
      return Notice(.warning, "Job \(job.id): no answer came; \(risk)")
    case .partlyDone:
      return Notice(
        .warning, "Job \(job.id): \(job.pictures.count) of \(job.request.count) pictures.")
    case .done: return Notice(.success, "Job \(job.id) is done.")
    case .cancelled: return Notice(.information, "Job \(job.id) was cancelled.\(why)")
    case .queued, .sending, .running, .downloading: return nil
    }
  }

  /// How many outcomes are unknown, where nobody was told of one of them yet.
  ///
  /// - Parameters:
  ///   - isPaid: whether somebody may be paid for them.
  ///   - decideKeys: what leads to the first of them.
  mutating func notice(
    ofUnknown jobs: [JobStatus], isPaid: Bool, decideKeys: String
  ) -> Notice? {
    let ids = Set(jobs.map(\.id))
    guard !ids.isSubset(of: unknown) else { return nil }
    unknown = ids
    let those = Wording.counted(ids.count, "request", "requests")
    return Notice(
      .warning,
      "\(those) sent and never answered\(isPaid ? ", perhaps paid" : ""): "
        + "\(decideKeys) decides.")
  }

  /// What is asked of a job once more may end as before, and is told again.
  mutating func forget(_ id: String) { ends[id] = nil }
}
