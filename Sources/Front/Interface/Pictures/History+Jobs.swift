import Jobs

extension History {
  /// The ids of the jobs that have rows and are under way.
  var activeJobs: Set<String> { jobList.active }
  /// How many jobs are known to be under way.
  var activeCount: Int { jobList.activeCount }
  /// Whether what is shown of the jobs changes as time passes.
  var isTimed: Bool { jobList.isTimed }
  /// Whether the jobs stand as shown.
  var isCurrent: Bool { jobList.isCurrent }
  /// Jobs whose outcome is unknown and undecided.
  var unknownJobs: [JobStatus] { jobs.filter(\.state.isUnresolved) }
  /// Those that have not reached the provider yet.
  var waitingJobs: Set<String> { jobList.waiting }

  func job(_ id: String) -> JobStatus? { jobList[id] }

  mutating func listed(_ items: [JobStatus]) { arrangingJobs { $0.listed(items) } }

  mutating func reported(_ item: JobStatus) { arrangingJobs { $0.reported(item) } }

  /// From now on nobody tells how the jobs stand.
  mutating func serviceLost() { jobList.serviceLost() }

  /// Selects the first job that needs a decision, unless the person is looking at something else.
  mutating func selectUnknown() {
    let first = list.pages.reachesStart ? pictures.first?.id : nil
    let looksElsewhere = shownPicture.map { $0.id != first } ?? false
    guard !isHeld, !looksElsewhere, leading > 0, jobs.first?.state.isUnresolved == true else {
      return
    }
    select(row: 0)
  }

  /// Takes an ended job off the list; one under way stays, and one that needs a decision.
  mutating func dismissSelected() {
    guard let job = selectedJob, job.state.isFinal, !job.state.isUnresolved else { return }
    let row = selectedRow
    arrangingJobs { $0.dismiss(job.id) }
    select(near: row)
  }

  /// Takes all ended jobs off the list: not what needs a decision, nor what is drawn and not here.
  ///
  /// - Returns: how many, and how many stay because they ended since the last key.
  mutating func dismissEnded() -> (gone: Int, stay: Int) {
    let row = selectedRow
    var counts = (gone: 0, stay: 0)
    arrangingJobs { counts = $0.dismissEnded() }
    select(near: row)
    return counts
  }

  private mutating func arrangingJobs(_ change: (inout JobList) -> Void) {
    keepingLine { history in
      change(&history.jobList)
      let looked: String? = if case .job(let id)? = history.selected { id } else { nil }
      history.jobList.arrange(selected: looked)
    }
  }
}
