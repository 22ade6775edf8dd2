import Jobs
import Seedream

extension AppState {
  /// Sends the selected job once more. Where anything of the first may have been paid for, or it was sent
  /// once more already, a first press only asks; pictures that were drawn and are not here it fetches.
  mutating func retryJob() -> [AppEffect] {
    guard let job = history.selectedJob, job.state.isFinal else { return [] }
    return retry(job, key: keymap.label(.retryJob))
  }

  /// - Parameter key: the one that was pressed, as the question names it.
  mutating func retry(_ job: JobStatus, key: String) -> [AppEffect] {
    let price = compose.resendPrice(of: job)
    let isFetched = job.missesPictures && !compose.outbox.refetched.contains(job.id)
    let doubt =
      compose.outbox.retried.contains(job.id)
      ? "Job \(job.id) was sent once more already." : compose.isFree(job) ? nil : job.paidDoubt
    let told =
      isFetched
      ? "Pictures of job \(job.id) were drawn: they are fetched now, for free."
      : doubt ?? "Job \(job.id) is sent once more."
    let isConfirmed = confirm(
      .retry(jobID: job.id), asking: "\(told) Press \(key) again to pay anew, \(price).",
      isNeeded: isFetched || doubt != nil)
    guard isConfirmed else {
      guard isFetched else { return [] }
      compose.outbox.refetched.insert(job.id)
      history.news.forget(job.id)
      return [.fetchPictures(jobID: job.id)]
    }
    compose.outbox.retried.insert(job.id)
    message.show(Notice(.information, "Sending job \(job.id) once more, \(price)…"))
    return [.retryJob(id: job.id)]
  }
}

extension JobStatus {
  /// Why sending it once more may pay a second time, a sentence; nil where nothing was drawn for sure.
  fileprivate var paidDoubt: String? {
    if missesPictures { return "Pictures of job \(id) were drawn, and are paid for." }
    let isPaid = "Job \(id) was drawn and paid for."
    switch state {
    case .unknown: return "Job \(id) may have been drawn and paid for."
    case .done, .partlyDone: return isPaid
    case .cancelled where sent != nil:
      return "Job \(id) had left when it was cancelled: it may have been drawn and paid for."
    case .failed, .cancelled: return hasDrawn ? isPaid : nil
    case .queued, .sending, .running, .downloading: return nil
    }
  }
}
