import Gallery
import Jobs
import Seedream

/// Makes the jobs of earlier services from the lines of the journal.
struct JobHistory {
  private let catalogue: ModelCatalogue
  private var jobs: [JobID: ReplayedJob] = [:]
  private var order: [JobID] = []
  /// All jobs in the order in which they had their turn, or will have it.
  private(set) var queue: [JobID] = []
  /// Jobs of which a lost line may have told that they were sent.
  private var doubted: Set<JobID> = []

  init(catalogue: ModelCatalogue) {
    self.catalogue = catalogue
  }

  mutating func apply(_ entry: JournalEntry) {
    switch entry.event {
    case .intent(let intent):
      let past = ReplayedJob(id: entry.job, intent: intent, submitted: entry.time)
      if jobs.updateValue(past, forKey: entry.job) == nil {
        order.append(entry.job)
        queue.append(entry.job)
      }
      if let other = intent.resends {
        jobs[other]?.apply(
          JournalEntry(job: other, time: entry.time, event: .resent(as: entry.job)))
      }
    case .moved(let other): move(entry.job, before: other)
    case .sent, .pending, .result:
      if jobs[entry.job] == nil { addOrphan(entry) }
      jobs[entry.job]?.apply(entry)
    default: jobs[entry.job]?.apply(entry)
    }
  }

  /// A job whose request stood in a line that is lost: it was sent, and its pictures can be had.
  private mutating func addOrphan(_ entry: JournalEntry) {
    let intent = JournalEntry.Intent(request: .lost, provider: "not known")
    jobs[entry.job] = ReplayedJob(id: entry.job, intent: intent, submitted: entry.time)
    order.append(entry.job)
  }

  /// A line that was once whole is lost here; it was about one of the jobs so far, or began one.
  mutating func noteLostLine() { doubted = Set(order) }

  private mutating func move(_ id: JobID, before other: JobID?) {
    guard let place = queue.firstIndex(of: id) else { return }
    queue.remove(at: place)
    queue.insert(id, at: other.flatMap { queue.firstIndex(of: $0) } ?? queue.endIndex)
  }

  /// The newest 200 jobs and every older one that is not over, oldest first.
  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - picture: Finds a picture of the gallery; nil where it is not there.
  func jobs(now: Double, picture: (PictureID) -> SavedPicture?) -> [Job] {
    let newest = Set(order.suffix(200))
    return order.compactMap { id in
      guard let past = jobs[id], newest.contains(id) || past.mayBeOpen else { return nil }
      return past.job(
        modelName: catalogue.modelName(of: past.intent.request), isDamaged: doubted.contains(id),
        now: now, picture: picture)
    }
  }
}

extension GenerationRequest {
  /// Stands where the line of the journal is lost that had the request.
  static let lost = GenerationRequest(model: "", prompt: "")

  var isLost: Bool { model.isEmpty && prompt.isEmpty }
}
