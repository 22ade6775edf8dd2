import Jobs
import Seedream

extension AppState {
  mutating func beginEditing() {
    guard let job = history.selectedJob, job.state.phase == .queued else { return }
    compose.begin(editing: job)
    message.clear()
    moveFocus(to: .prompt)
  }

  /// Asks before changes to a job's request are dropped.
  ///
  /// - Parameter isQuit: whether the program is left.
  mutating func mayLeaveEdit(isQuit: Bool) -> Bool {
    guard let editing = compose.editing, compose.isHalfEdited else { return true }
    return confirm(
      .leaveEdit(jobID: editing.jobID, isQuit: isQuit),
      asking:
        "The changes to job \(editing.jobID) are not made: \(keymap.label(.send)) "
        + (editing.isPossible ? "makes them, " : "sends them as a new job, ")
        + (isQuit
          ? "the same key again quits without them."
          : "\(keymap.label(.back)) again drops them."),
      isNeeded: true)
  }

  /// Sends what is in the form in the place of the job's request; as a new job where that one does not wait
  /// any more.
  mutating func send(_ order: Outbox.Order, of editing: JobEditing) -> [AppEffect] {
    let id = editing.jobID
    let key = keymap.label(.send)
    guard editing.isPossible else {
      guard
        confirm(
          .send(order),
          asking:
            "Job \(id) \(fate(of: id)): press \(key) again to send this as a new job, \(compose.costNote).",
          isNeeded: true)
      else { return [] }
      let sent = compose.outbox.send(order)
      let effects = answer(compose.leaveEditing())
      message.show(Notice(.information, "Sending… Your draft is back."))
      return effects + [.saveDraft(compose.draft), sent]
    }
    guard order.provider == editing.provider else {
      message.show(
        Notice(
          .error,
          "Job \(id) goes to \(editing.provider): for another provider cancel it and send anew."))
      return []
    }
    guard !editing.isUnanswered else { return [] }
    let isChanged = history.job(id).map { $0.request != editing.base } ?? false
    let asked = "Job \(id) was changed elsewhere meanwhile: \(key) again replaces that."
    guard !isChanged || confirm(.overwrite(order, jobID: id), asking: asked, isNeeded: true) else {
      return []
    }
    return answer(compose.change(editing, to: order.request))
  }

  /// What became of a job that does not wait any more.
  func fate(of id: String) -> String {
    switch history.job(id)?.state {
    case .cancelled: "was cancelled meanwhile"
    case .failed: "failed meanwhile"
    case nil, .queued, .sending, .running, .downloading, .done, .partlyDone, .unknown:
      "was sent meanwhile"
    }
  }
}
