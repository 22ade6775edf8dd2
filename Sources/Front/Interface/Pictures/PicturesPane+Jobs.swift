import Jobs

extension PicturesPane {
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

  /// Takes in a list of all jobs, and says what became of those that were under way when the service was lost, and how
  /// many outcomes are unknown that nobody was told of yet. The first of those is shown.
  ///
  /// - Parameters:
  ///   - isFree: whether nobody is paid for a job.
  ///   - decideKeys: what leads to the first of those that need a decision.
  mutating func listed(
    _ items: [JobStatus], isFree: (JobStatus) -> Bool, decideKeys: String
  ) -> [ViewRequest] {
    arrangingJobs { $0.listed(items) }
    let restart = news.notice(ofRestart: jobList)
    let jobs = unknownJobs
    let unknown = news.notice(
      ofUnknown: jobs, isPaid: !jobs.allSatisfy(isFree), decideKeys: decideKeys)
    if unknown != nil { selectUnknown() }
    let told = [restart, unknown].compactMap(\.self)
    guard let last = told.last else { return [] }
    let text = told.map(\.text).joined(separator: " ")
    return [.tell(Notice(last.severity, text))]
  }

  /// Takes in how a job stands, and says what has become of it.
  mutating func reported(_ item: JobStatus, isFree: Bool) -> [ViewRequest] {
    let before = job(item.id)
    arrangingJobs { $0.reported(item) }
    guard before?.state != item.state, let told = news.notice(of: item, isFree: isFree) else {
      return []
    }
    return [.tell(told)]
  }

  /// From now on nobody tells how the jobs stand.
  mutating func serviceLost(isUnexpected: Bool) {
    news.serviceLost(jobList.active, isUnexpected: isUnexpected)
    jobList.serviceLost()
  }

  /// Selects the first job that needs a decision, unless the user is looking at something else.
  private mutating func selectUnknown() {
    let first = list.pages.reachesStart ? pictures.first?.id : nil
    let looksElsewhere = shownPicture.map { $0.id != first } ?? false
    guard !isHeld, !looksElsewhere, leading > 0, jobs.first?.state.isUnresolved == true else {
      return
    }
    select(row: 0)
  }

  /// Takes an ended job off the list; one under way stays, and one that needs a decision.
  mutating func dismiss(_ job: JobStatus, _ keymap: Keymap) -> [ViewRequest] {
    guard !job.state.isUnresolved else {
      return [.say(Notice(.warning, "\(keymap.label(.decide)) decides what becomes of it first."))]
    }
    guard job.state.isFinal else {
      let told = "Job \(job.id) is not over: \(keymap.label(.cancelJob)) cancels it."
      return [.say(Notice(.warning, told))]
    }
    let row = selectedRow
    arrangingJobs { $0.dismiss(job.id) }
    select(near: row)
    return []
  }

  /// Takes all ended jobs off the list, but for what needs a decision and what is drawn and not here.
  mutating func dismissEnded(_ keymap: Keymap) -> [ViewRequest] {
    let row = selectedRow
    var (count, rest) = (0, 0)
    arrangingJobs { (count, rest) = $0.dismissEnded() }
    select(near: row)
    let gone =
      count == 0 ? "" : "\(Wording.counted(count, "ended job", "ended jobs")) taken off the list. "
    let stay =
      rest == 0
      ? ""
      : "\(Wording.counted(rest, "job", "jobs")) ended just now: "
        + "\(keymap.label(.dismissEndedJobs)) again takes those off too."
    let told = (gone + stay).trimmed
    let none = "No ended job is on the list that could be taken off."
    return [.say(Notice(.information, told.isEmpty ? none : told))]
  }

  private mutating func arrangingJobs(_ change: (inout JobList) -> Void) {
    keepingLine { history in
      change(&history.jobList)
      let looked: String? = if case .job(let id)? = history.selected { id } else { nil }
      history.jobList.arrange(selected: looked)
    }
  }
}
