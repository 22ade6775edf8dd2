import Jobs
import Seedream

/// What the person was told of jobs: nothing is said twice.
struct JobNews: Equatable, Sendable {
  /// How jobs ended, as was last told of each.
  private var ends: [String: String] = [:]
  /// Unknown outcomes that were told of.
  private var unknown: Set<String> = []

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
  /// - Parameter isPaid: whether somebody may be paid for them.
  mutating func notice(ofUnknown jobs: [JobStatus], isPaid: Bool, _ keymap: Keymap) -> Notice? {
    let ids = Set(jobs.map(\.id))
    guard !ids.isSubset(of: unknown) else { return nil }
    unknown = ids
    let those = Wording.counted(ids.count, "request", "requests")
    return Notice(
      .warning,
      "\(those) sent and never answered\(isPaid ? ", perhaps paid" : ""): "
        + "\(keymap.label(.goToHistory)) \(keymap.label(.firstRow)) "
        + "\(keymap.label(.decide)) decides.")
  }

  /// What is asked of a job once more may end as before, and is told again.
  mutating func forget(_ id: String) { ends[id] = nil }
}
