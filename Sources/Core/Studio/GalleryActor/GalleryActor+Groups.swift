import Gallery
import Jobs

extension GalleryActor {
  /// Ends the jobs of groups that a service was cut off in the middle of writing down: nothing of them was
  /// sent, and a part of them would be sent without anybody having been told. The journal gets the lines.
  ///
  /// - Parameter doubted: How many entries come before the last line that is lost. Of those it is not known
  ///   what was sent, so that nothing is said of them here.
  func endIncompleteGroups(_ entries: inout [JournalEntry], after doubted: Int) {
    var groups: [String: (size: Int, jobs: [JobID])] = [:]
    var begun: Set<JobID> = []
    for (place, entry) in entries.enumerated() {
      switch entry.event {
      case .intent(let intent):
        guard let group = intent.group else { continue }
        if groups[group.id]?.jobs.contains(entry.job) != true {
          groups[group.id, default: (group.size, [])].jobs.append(entry.job)
        }
        if place < doubted { begun.insert(entry.job) }
      // What is over needs no further line either.
      default: begun.insert(entry.job)
      }
    }
    for group in groups.values where group.jobs.count < group.size {
      guard begun.isDisjoint(with: group.jobs) else { continue }
      let failure = JournalEntry.Failure(
        code: JournalEntry.Failure.incompleteGroup,
        message:
          "Not sent: the service ended while \(group.size) requests of one send were written down, and "
          + "\(group.jobs.count) of them were. Nothing of it was sent: ask for it again.")
      for job in group.jobs {
        try? write(.failed(failure), of: job)
        entries.append(JournalEntry(job: job, time: Timestamp.now(), event: .failed(failure)))
      }
    }
  }
}

extension JournalEntry.Failure {
  /// The code of a job that was to be sent with others which were never written down.
  static let incompleteGroup = "IncompleteGroup"
}
