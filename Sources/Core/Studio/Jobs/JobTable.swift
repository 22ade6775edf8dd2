import Gallery
import Jobs
import Posix

/// The jobs of a service in the order they came, earlier services' first, and the queue of those that wait.
struct JobTable {
  /// How many jobs that are over are remembered; the journal has them all.
  private static let capacity = 1000
  private var jobs: [String: Job] = [:]
  private var order: [String] = []
  /// Those that wait for their turn, the next one first.
  private var queue: [String] = []
  private var hasMoved = false

  subscript(id: String) -> Job? { jobs[id] }

  var statuses: [JobStatus] { order.compactMap { jobs[$0]?.status } }

  /// Those that wait for a key, in the order they came.
  var needingKey: [Job] { order.compactMap { jobs[$0] }.filter(\.status.state.needsKey) }

  /// The newest job that is meant.
  func newest(_ isMeant: (Job) -> Bool) -> Job? {
    order.reversed().lazy.compactMap { jobs[$0] }.first(where: isMeant)
  }

  /// A job and those it was asked for with, in the order of their pictures.
  func together(with job: Job) -> [Job] {
    guard let group = job.status.group else { return [job] }
    return order.compactMap { jobs[$0] }.filter { $0.status.group?.id == group.id }
      .sorted { ($0.status.group?.place ?? 0) < ($1.status.group?.place ?? 0) }
  }

  /// Whether every job is over, or waits for a user.
  func isIdle(isHeld: Bool) -> Bool {
    jobs.values.allSatisfy { job in
      let isAtRest = job.control == nil && (job.status.state.needsKey || isHeld && job.isWaiting)
      return job.status.state.isFinal || isAtRest
    }
  }

  /// How many talk to a provider, wait to send again, or fetch pictures.
  var underWayCount: Int { jobs.values.count(where: \.isUnderWay) }

  /// Whether a picture that is drawn will be fetched by itself.
  var awaitsFetch: Bool { jobs.values.contains { !$0.missing.isEmpty && $0.fetchTimer != nil } }

  mutating func add(_ job: Job) {
    let id = job.status.id
    if jobs.updateValue(job, forKey: id) == nil { order.append(id) }
    if job.isWaiting, !queue.contains(id) { queue.append(id) }
    hasMoved = true
    guard order.count > Self.capacity else { return }
    let oldest = order.firstIndex { id in jobs[id].map(\.isForgettable) ?? true }
    if let oldest { jobs[order.remove(at: oldest)] = nil }
  }

  /// Changes a job in place; the status afterwards.
  mutating func change(_ id: String, _ body: (inout Job) -> Void) -> JobStatus? {
    guard var job = jobs[id] else { return nil }
    let hasWaited = job.isWaiting
    body(&job)
    job.revise()
    if hasWaited, !job.isWaiting {
      job.status.state.place = nil
      queue.removeAll { $0 == id }
      hasMoved = true
    }
    jobs[id] = job
    return job.status
  }

  /// Jobs that are over and miss pictures which could still be had.
  var incomplete: [String] {
    order.filter { id in jobs[id].map { $0.status.state.isFinal && !$0.missing.isEmpty } ?? false }
  }

  /// Missing pictures whose bytes are here and lie in no file.
  var held: [(id: PictureID, source: PictureSource)] {
    jobs.values.flatMap { job in
      job.missing.compactMap { number, source in
        guard case .bytes(let bytes) = source, bytes.location == nil else { return nil }
        return (PictureID(job: job.id, number: number), source)
      }
    }
  }

  /// The job whose turn it would be.
  var firstWaiting: Job? { next { _ in .max } }

  /// A job that was started waits again, before all others.
  mutating func putBack(_ id: String) {
    guard jobs[id]?.isWaiting == true, !queue.contains(id) else { return }
    queue.insert(id, at: 0)
    hasMoved = true
  }

  // MARK: The queue

  /// A job that is held is not started, until it is released as often.
  mutating func hold(_ id: String) { jobs[id]?.holds += 1 }

  mutating func release(_ id: String) { jobs[id]?.holds -= 1 }

  /// Puts a job that waits before another one that does, or at the end.
  mutating func move(_ id: String, before other: String?) {
    guard let place = queue.firstIndex(of: id) else { return }
    queue.remove(at: place)
    queue.insert(id, at: other.flatMap { queue.firstIndex(of: $0) } ?? queue.endIndex)
    hasMoved = true
  }

  /// Takes down where in the queue each job is; returns those that were elsewhere.
  mutating func updatePlaces() -> [JobStatus] {
    guard hasMoved else { return [] }
    hasMoved = false
    return queue.enumerated().compactMap { place, id in
      guard jobs[id]?.status.state.place != place else { return nil }
      jobs[id]?.status.state.place = place
      jobs[id]?.revise()
      return jobs[id]?.status
    }
  }

  /// The job whose turn it is, where its provider draws fewer than `limit`.
  func next(limit: (_ provider: String) -> Int) -> Job? {
    var drawing = drawing
    for id in queue {
      guard let job = jobs[id], job.holds == 0, !job.status.state.needsKey else { continue }
      let count = drawing[job.status.provider, default: 0]
      if count < limit(job.status.provider) { return job }
      drawing[job.status.provider] = .max
    }
    return nil
  }

  /// How many jobs a provider generates at once now. One that waits for its next try, or only fetches
  /// pictures, is none of them.
  func drawing(_ provider: String) -> Int { drawing[provider, default: 0] }

  private var drawing: [String: Int] {
    jobs.values.reduce(into: [:]) { counts, job in
      if job.isDrawing { counts[job.status.provider, default: 0] += 1 }
    }
  }
}

extension Job {
  /// Whether nothing more can happen to it, and nobody has to decide about it.
  var isForgettable: Bool {
    status.state.isFinal && missing.isEmpty && !status.state.isUnresolved
  }

  fileprivate mutating func revise() {
    status.revision = max(status.revision + 1, Int(SystemClock.secondsSince1970 * 1000))
  }
}
