import Gallery
import Seedream

/// Makes the statuses of earlier jobs from the lines of the journal.
struct JobHistory {
  private struct Past {
    var intent: JournalEntry.Intent
    var submitted: Double
    var sent: Double?
    var ended: Double?
    var state: JobState?
    var message: String?
    var results: Set<Int> = []
    var pictures: [PictureID] = []
    var refusals: [JobStatus.Member] = []
  }

  private let catalogue: ModelCatalogue
  private var jobs: [JobID: Past] = [:]
  private var order: [JobID] = []

  init(catalogue: ModelCatalogue) {
    self.catalogue = catalogue
  }

  mutating func take(_ entry: JournalEntry) {
    let time = Double(entry.time.milliseconds) / 1000
    if case .intent(let intent) = entry.event {
      if jobs.updateValue(Past(intent: intent, submitted: time), forKey: entry.job) == nil {
        order.append(entry.job)
      }
      return
    }
    guard var job = jobs[entry.job] else { return }
    switch entry.event {
    case .intent: break
    case .sent: job.sent = time
    case .result(let number, _): job.results.insert(number)
    case .done(let picture): job.pictures.append(picture)
    case .finished:
      job.state = .done
      job.ended = time
    case .failed(let failure):
      if let number = failure.number {
        job.refusals.append(
          .init(
            index: number - 1,
            outcome: .refused(code: failure.code, message: failure.message, requestID: nil)))
      } else {
        job.state = .failed
        job.message = failure.message
        job.ended = time
      }
    case .cancelled:
      job.state = .cancelled
      job.message = "Cancelled."
      job.ended = time
    case .forgotten:
      job.state = .failed
      job.message = "Forgotten."
      job.ended = time
    }
    jobs[entry.job] = job
  }

  /// The newest 200 jobs, oldest first.
  /// - Parameter picture: Finds a saved picture; nil where it is gone.
  func statuses(picture: (PictureID) -> SavedPicture?) -> [JobStatus] {
    order.suffix(200).compactMap { id in
      guard let job = jobs[id] else { return nil }
      return status(id, job, job.pictures.compactMap(picture))
    }
  }

  private func status(_ id: JobID, _ job: Past, _ pictures: [SavedPicture]) -> JobStatus {
    let request = job.intent.request
    let saved = pictures.map { picture in
      JobStatus.Member(
        index: (picture.id.split(separator: "-").last.flatMap { Int($0) } ?? 1) - 1,
        outcome: .saved(picture))
    }
    var status = JobStatus(
      id: id.description, state: job.state ?? .unknown, request: request,
      provider: job.intent.provider,
      modelName: catalogue.model(named: request.model)?.name ?? request.model,
      submitted: job.submitted, sent: job.sent, finished: job.ended ?? job.sent ?? job.submitted,
      members: (saved + job.refusals).sorted { $0.index < $1.index }, message: job.message)
    switch job.state {
    case .done where saved.isEmpty: status.state = .failed
    case .done where !job.refusals.isEmpty: status.state = .partlyDone
    case nil where job.sent == nil:
      status.state = .failed
      status.message = "Never sent: the service ended before its turn. Send it again."
    case nil:
      status.message =
        "The service ended while this was running: it may have been drawn and billed; "
        + "it is not sent again by itself."
    default: break
    }
    return status
  }
}
