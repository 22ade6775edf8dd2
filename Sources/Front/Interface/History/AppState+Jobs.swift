extension AppState {
  mutating func cancelJob() -> [AppEffect] {
    guard let job = history.selectedJob, job.isActive else {
      message.show(Notice(.warning, "Select a running job to cancel it."))
      return []
    }
    message.show(Notice(.information, "Cancelling job \(job.id)…"))
    return [.cancelJob(id: job.id)]
  }

  mutating func cancelAllJobs() -> [AppEffect] {
    let count = history.activeCount
    guard count > 0 else {
      message.show(Notice(.warning, "No job waits or runs."))
      return []
    }
    let isConfirmed = confirm(
      .cancelAll,
      asking: "Press C again to cancel \(Wording.counted(count, "job", "jobs")); what was sent "
        + "already may still be billed.", isNeeded: true)
    guard isConfirmed else { return [] }
    message.show(Notice(.information, "Cancelling all jobs…"))
    return [.cancelAllJobs]
  }

  mutating func dismissJob() {
    if history.selectedJob?.isUnresolved == true {
      message.show(Notice(.warning, "Enter decides what becomes of it first."))
    }
    history.dismissSelected()
  }

  mutating func moveJob(by offset: Int) -> [AppEffect] {
    guard let job = history.selectedJob, let other = history.place(of: job, movedBy: offset) else {
      return []
    }
    return [.moveJob(id: job.id, before: other)]
  }

  mutating func pauseOrResume() -> [AppEffect] {
    history.queue.isPaused ? [.resumeQueue] : [.pauseQueue]
  }

  mutating func queueReported(_ item: QueueItem) {
    if item.isPaused, !history.queue.isPaused {
      message.show(
        Notice(
          .information, "The queue is paused: nothing more is sent until Alt-4 P lets it go on.")
      )
    } else if !item.isPaused, history.queue.isPaused {
      message.show(Notice(.success, "The queue goes on."))
    }
    history.queue = item
  }

  /// Brings what is about one job in line with how it stands now.
  mutating func heedJobs() {
    if let id = decision?.job.id, history.job(id)?.isUnresolved != true { decision = nil }
    guard let id = editing?.jobID, editing?.isPossible == true, let job = history.job(id),
      job.state != .queued
    else { return }
    editing?.isPossible = false
    message.show(
      Notice(.warning, "Job \(id) does not wait any more: what is in the form cannot replace it."))
  }

  /// Says what ended while the person may have been looking elsewhere.
  mutating func announce(_ job: JobItem) {
    let why = job.message.map { " \($0)" } ?? ""
    switch job.state {
    case .failed: message.show(Notice(.error, "Job \(job.id) failed.\(why)"))
    case .unknown:
      toldUnknown.insert(job.id)
      message.show(
        job.isUnresolved
          ? Notice(
            .warning, "Job \(job.id): no answer came; it may have been drawn and paid for.")
          : Notice(.information, "Job \(job.id):\(why)"))
    case .partlyDone:
      message.show(
        Notice(.warning, "Job \(job.id): \(job.arrivedCount) of \(job.expectedCount) pictures."))
    case .done: message.show(Notice(.success, "Job \(job.id) is done."))
    case .cancelled:
      message.show(Notice(.information, "Job \(job.id) was cancelled.\(why)"))
    case .queued, .sending, .running, .downloading: break
    }
  }
}
