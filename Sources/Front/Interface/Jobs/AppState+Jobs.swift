import Jobs
import Seedream

extension AppState {
  /// Says that a key did nothing because no row is selected that it is for.
  mutating func askForRow(_ sentence: String) {
    message.show(Notice(.warning, history.actNote(keymap) ?? sentence))
  }

  mutating func cancelJob() -> [AppEffect] {
    guard let job = history.selectedJob, !job.state.isFinal else {
      askForRow("Select a running job to cancel it.")
      return []
    }
    let asked =
      "Job \(job.id) has left and is paid all the same: \(keymap.label(.cancelJob)) again "
      + "throws its pictures away."
    guard
      job.state.phase == .queued || compose.isFree(job)
        || confirm(.cancel(jobID: job.id), asking: asked, isNeeded: true)
    else { return [] }
    message.show(Notice(.information, "Cancelling job \(job.id)…"))
    return [.cancelJob(id: job.id)]
  }

  mutating func cancelAllJobs() -> [AppEffect] {
    let ids = history.activeJobs
    guard !ids.isEmpty else {
      message.show(Notice(.warning, "No job waits or runs."))
      return []
    }
    // Jobs that came since the question was asked are not among those it named; those that ended are
    // none to cancel.
    if let asked = confirmation.jobsToCancel, !ids.isSubset(of: asked) { confirmation.dropped() }
    let asked = confirmation.jobsToCancel ?? ids
    let isConfirmed = confirm(
      .cancelAll(asked),
      asking:
        "Press \(keymap.label(.cancelAllJobs)) again to cancel \(Wording.counted(asked.count, "job", "jobs")); what was sent "
        + "already may still be billed.", isNeeded: true)
    guard isConfirmed else { return [] }
    message.show(
      Notice(.information, "Cancelling \(Wording.counted(ids.count, "job", "jobs"))…"))
    // Those that wait first, from the last: none gets the turn of one that is ended before it.
    return [.cancelJobs(ids: history.jobs.map(\.id).reversed().filter(ids.contains))]
  }

  mutating func dismissJob() {
    guard let job = history.selectedJob else {
      askForRow("Select a job that ended to take it off the list.")
      return
    }
    if job.state.isUnresolved {
      message.show(Notice(.warning, "\(keymap.label(.decide)) decides what becomes of it first."))
    } else if !job.state.isFinal {
      message.show(
        Notice(.warning, "Job \(job.id) is not over: \(keymap.label(.cancelJob)) cancels it."))
    }
    history.dismissSelected()
  }

  /// Takes all that ended off the list, but for what needs a decision and what is drawn and not here.
  mutating func dismissEndedJobs() {
    let (count, rest) = history.dismissEnded()
    let gone =
      count == 0 ? "" : "\(Wording.counted(count, "ended job", "ended jobs")) taken off the list. "
    let stay =
      rest == 0
      ? ""
      : "\(Wording.counted(rest, "job", "jobs")) ended just now: "
        + "\(keymap.label(.dismissEndedJobs)) again takes those off too."
    let told = (gone + stay).trimmed
    message.show(
      Notice(
        .information,
        told.isEmpty ? "No ended job is on the list that could be taken off." : told))
  }

  mutating func moveJob(by offset: Int) -> [AppEffect] {
    guard let job = history.selectedJob, job.state.phase == .queued else {
      askForRow("Select a job that waits for its turn to move it.")
      return []
    }
    guard let other = history.jobList.place(of: job, movedBy: offset) else {
      message.show(
        Notice(
          .information, "Job \(job.id) is the \(offset < 0 ? "first" : "last") that waits already.")
      )
      return []
    }
    return [.moveJob(id: job.id, before: other)]
  }

  /// A queue that was paused or let go on by somebody else is not turned round by a key that meant the
  /// opposite.
  mutating func pauseOrResume() -> [AppEffect] {
    if let effect = history.queueSwitch.turn() { return [effect] }
    let key = keymap.label(.pauseQueue)
    message.show(
      Notice(
        .warning,
        history.queueSwitch.isPaused
          ? "The queue was paused meanwhile; press \(key) to let it go on."
          : "The queue was let go on meanwhile; press \(key) to pause it."))
    return []
  }

  mutating func queueReported(_ status: QueueStatus) {
    let wasPaused = history.queue.isPaused
    history.queueSwitch.reported(status)
    guard status.isPaused != wasPaused else { return }
    message.tell(
      wasPaused
        ? Notice(.success, "The queue goes on.")
        : Notice(
          .information,
          "The queue is paused: nothing more is sent until \(pauseKeys) lets it go on."))
  }

  /// Brings what is about one job in line with how it stands now.
  mutating func heedJobs() {
    guard let id = compose.editing?.jobID, compose.editing?.isPossible == true,
      let job = history.job(id),
      job.state.phase != .queued
    else { return }
    compose.editing?.isPossible = false
    message.show(
      Notice(
        .warning,
        "Job \(id) \(fate(of: id)): \(keymap.label(.send)) sends what is in the form as a new job."
      ))
  }

  /// Says how many outcomes are unknown that nobody was told of yet, and shows the first.
  mutating func announceUnknown() {
    let jobs = history.unknownJobs
    let isPaid = !jobs.allSatisfy { compose.isFree($0) }
    guard let news = history.news.notice(ofUnknown: jobs, isPaid: isPaid, keymap) else { return }
    history.selectUnknown()
    message.tell(news)
  }

  /// Says what has become of a job.
  mutating func announce(_ job: JobStatus) {
    let news = history.news.notice(of: job, isFree: compose.isFree(job))
    if let news { message.tell(news) }
  }
}
