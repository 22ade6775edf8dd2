import Gallery
import Seedream

/// Makes the jobs of earlier services from the lines of the journal.
struct JobHistory {
  private let catalogue: ModelCatalogue
  private var jobs: [JobID: PastJob] = [:]
  private var order: [JobID] = []

  init(catalogue: ModelCatalogue) {
    self.catalogue = catalogue
  }

  mutating func take(_ entry: JournalEntry) {
    if case .intent(let intent) = entry.event {
      let past = PastJob(id: entry.job, intent: intent, submitted: entry.time)
      if jobs.updateValue(past, forKey: entry.job) == nil { order.append(entry.job) }
    } else {
      jobs[entry.job]?.take(entry)
    }
  }

  /// The newest 200 jobs, oldest first.
  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - picture: Finds a picture of the gallery; nil where it is not there.
  func jobs(now: Double, picture: (PictureID) -> SavedPicture?) -> [Job] {
    order.suffix(200).compactMap { id in
      guard let past = jobs[id] else { return nil }
      let model = catalogue.model(named: past.intent.request.model)
      return past.job(
        modelName: model?.name ?? past.intent.request.model, now: now, picture: picture)
    }
  }
}
