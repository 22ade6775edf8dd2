extension AppState {
  /// Sends the selected job once more. Where the first may have been paid for, or was sent once more
  /// already, a first press only asks.
  mutating func retryJob() -> [AppEffect] {
    guard let job = history.selectedJob, !job.isActive else {
      askForRow("Select a job that failed or was cancelled to send it once more.")
      return []
    }
    return retry(job, key: "R")
  }

  /// - Parameter key: the one that was pressed, as the question names it.
  mutating func retry(_ job: JobItem, key: String) -> [AppEffect] {
    let doubt =
      retried.contains(job.id)
      ? "Job \(job.id) was sent once more already."
      : "Job \(job.id) may have been drawn and paid for."
    let isConfirmed = confirm(
      .retry(jobID: job.id),
      asking: "\(doubt) Press \(key) again to pay anew.",
      isNeeded: job.state == .unknown || retried.contains(job.id))
    guard isConfirmed else { return [] }
    decision = nil
    retried.insert(job.id)
    message.show(Notice(.information, "Sending job \(job.id) once more…"))
    return [.retryJob(id: job.id)]
  }
}
