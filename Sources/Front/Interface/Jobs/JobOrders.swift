import Jobs

// What keys ask of jobs.

extension JobStatus {
  /// Ends it. One whose request has left is paid all the same.
  func cancel(isFree: Bool, _ press: inout Press) -> [ViewRequest] {
    let asked =
      "Job \(id) has left and is paid all the same: \(press.keymap.label(.cancelJob)) again "
      + "throws its pictures away."
    guard state.phase == .queued || isFree || press.confirms(.cancel(jobID: id), asking: asked)
    else { return [] }
    return [.say(Notice(.information, "Cancelling job \(id)…")), .effect(.cancelJob(id: id))]
  }
}

extension JobList {
  /// Ends all that wait or run.
  ///
  /// - Parameter isFree: whether nobody is paid for a job.
  func cancelAll(isFree: (JobStatus) -> Bool, _ press: inout Press) -> [ViewRequest] {
    let ids = active
    guard !ids.isEmpty else { return [.say(Notice(.warning, "No job waits or runs."))] }
    // Jobs that came since the question was asked are not among those it named; those that ended are
    // none to cancel.
    if let asked = press.confirmation.jobsToCancel, !ids.isSubset(of: asked) {
      press.confirmation.dropped()
    }
    let asked = press.confirmation.jobsToCancel ?? ids
    let isPaid = asked.contains { self[$0].map(isFree) != true }
    let isConfirmed = press.confirms(
      .cancelAll(asked),
      asking:
        "Press \(press.keymap.label(.cancelAllJobs)) again to cancel "
        + "\(Wording.counted(asked.count, "job", "jobs"))"
        + (isPaid ? "; what was sent already may still be billed." : "."))
    guard isConfirmed else { return [] }
    // Those that wait first, from the last: none gets the turn of one that is ended before it.
    return [
      .say(Notice(.information, "Cancelling \(Wording.counted(ids.count, "job", "jobs"))…")),
      .effect(.cancelJobs(ids: rows.map(\.id).reversed().filter(ids.contains))),
    ]
  }

  /// Gives a job that waits another place.
  func move(_ job: JobStatus, by offset: Int) -> [ViewRequest] {
    guard let other = place(of: job, movedBy: offset) else {
      let told = "Job \(job.id) is the \(offset < 0 ? "first" : "last") that waits already."
      return [.say(Notice(.information, told))]
    }
    return [.effect(.moveJob(id: job.id, before: other))]
  }
}
