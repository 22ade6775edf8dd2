import App
import Interface
import Jobs
import Posix
import Studio

/// What happens in the service as actions of the front end.
struct EventActions {
  /// Seconds since 1970: pictures made before are in the index that is read at the start.
  private let start = SystemClock.secondsSince1970
  /// Pictures that were told already.
  private var told: Set<String> = []
  /// What the queue last said of the journal.
  private var faults: [String] = []

  mutating func actions(of event: ServiceConnection.Event) -> [AppAction] {
    switch event {
    case .connected: return [.serviceConnected]
    case .lost(let message, let isUnexpected):
      return [.serviceLost(message: message, isUnexpected: isUnexpected)]
    case .jobs(let jobs):
      // Those that ended in this session too: their end may have gone by while nobody listened.
      let now = SystemClock.secondsSince1970
      let shown = jobs.filter { $0.isRecent(at: now) || $0.finished ?? .infinity >= start }
      return jobs.flatMap { pictures(of: $0, since: start - 10) } + [.jobsListed(shown)]
    case .job(let job): return pictures(of: job) + [.jobReported(job)]
    case .queue(let status):
      let new = (status.faults ?? []).filter { !faults.contains($0) }
      faults = status.faults ?? []
      return [.queueReported(status)]
        + (new.isEmpty ? [] : [.noticed(Notice(.warning, new.joined(separator: " ")))])
    case .gallery: return [.galleryChanged]
    case .ledger(let ledger): return [.budgetReported(ledger.lines.compactMap(BudgetItem.init))]
    }
  }

  private mutating func pictures(of job: JobStatus, since start: Double = 0) -> [AppAction] {
    job.pictures.filter { picture in
      picture.created >= start && picture.trashed == nil && told.insert(picture.id).inserted
    }.map { .pictureArrived(job.item(of: $0)) }
  }
}

extension AppAction {
  /// Of those of one key the newest alone tells all, while the front end does not look: behind an editor, say. Nil for
  /// what tells of itself only, and for what comes after it: that a service was lost is told after the next is there.
  var key: String? {
    switch self {
    case .jobsListed: "jobs"
    case .jobReported(let job): "job \(job.id)"
    case .queueReported: "queue"
    case .galleryChanged: "gallery"
    case .budgetReported: "budget"
    default: nil
    }
  }
}
