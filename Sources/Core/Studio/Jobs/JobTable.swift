import Posix

/// The jobs of a service in the order they came, earlier services' first.
struct JobTable {
  /// How many jobs that are over are remembered; the journal has them all.
  private static let capacity = 1000
  private var jobs: [String: Job] = [:]
  private var order: [String] = []

  subscript(id: String) -> Job? { jobs[id] }

  var statuses: [JobStatus] { order.compactMap { jobs[$0]?.status } }

  /// Whether every job is over.
  var isIdle: Bool { jobs.values.allSatisfy(\.status.state.isFinal) }

  mutating func add(_ job: Job) {
    if jobs.updateValue(job, forKey: job.status.id) == nil { order.append(job.status.id) }
    guard order.count > Self.capacity else { return }
    let oldest = order.firstIndex { id in
      jobs[id].map { $0.status.state.isFinal && $0.missing.isEmpty } ?? true
    }
    if let oldest { jobs[order.remove(at: oldest)] = nil }
  }

  /// Changes a job in place; the status afterwards.
  mutating func change(_ id: String, _ body: (inout Job) -> Void) -> JobStatus? {
    guard var job = jobs[id] else { return nil }
    body(&job)
    job.status.revision = max(
      job.status.revision + 1, Int(SystemClock.secondsSince1970 * 1000))
    jobs[id] = job
    return job.status
  }

  /// Jobs that are over and miss pictures which could still be had.
  var incomplete: [String] {
    order.filter { id in jobs[id].map { $0.status.state.isFinal && !$0.missing.isEmpty } ?? false }
  }

  /// The oldest job that waits for its turn, while fewer than `limit` talk to a provider. One that
  /// only fetches pictures takes nobody's place.
  func next(limit: Int) -> Job? {
    let busy = jobs.values.count { $0.control != nil && $0.status.state != .downloading }
    guard busy < limit else { return nil }
    return order.lazy.compactMap { jobs[$0] }
      .first { $0.status.state == .queued && $0.control == nil }
  }
}
