import Seedream

extension AppState {
  /// Puts the request of the selected job into the form; what is there is kept for later.
  mutating func beginEditing() -> [AppEffect] {
    guard let job = history.selectedJob, job.state == .queued, let asked = job.draft else {
      return []
    }
    var begun = JobEditing(
      jobID: job.id, provider: asked.provider, draft: form, prompt: prompt,
      references: references.items, referenceInput: references.line, known: form)
    begun.base = asked.request
    parameters.restore(asked)
    prompt.editor.replaceAll(with: asked.request.prompt)
    references.keep(asked.request.references)
    begun.known = form
    editing = begun
    message.clear()
    moveFocus(to: .prompt)
    prompt.revealCaret()
    return []
  }

  /// Whether the form has changes to a job's request that the service has not been told of.
  var isHalfEdited: Bool {
    guard let editing else { return false }
    return form != editing.known || parameters.line != nil
      || references.line?.editor.isBlank == false
  }

  /// Asks before changes to a job's request are dropped.
  ///
  /// - Parameter isQuit: whether the program is left.
  mutating func mayLeaveEdit(isQuit: Bool) -> Bool {
    guard let editing, isHalfEdited else { return true }
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

  /// Puts back what was in the form before.
  mutating func leaveEditing() -> [AppEffect] {
    guard let left = editing else { return [] }
    editing = nil
    parameters.restore(left.draft)
    prompt = left.prompt
    message.show(Notice(.information, "Job \(left.jobID) stays as it was; your draft is back."))
    let effects = references.putBack(left.references)
    references.line = left.referenceInput
    return effects
  }

  /// Sends what is in the form in the place of the job's request; as a new job where that one does not wait
  /// any more.
  mutating func sendEdited(
    _ request: GenerationRequest, of editing: JobEditing
  ) -> [AppEffect] {
    let id = editing.jobID
    let order = Outbox.Order(request: request, provider: parameters.provider)
    let key = keymap.label(.send)
    guard editing.isPossible else {
      guard
        confirm(
          .send(order),
          asking:
            "Job \(id) \(fate(of: id)): press \(key) again to send this as a new job, \(costNote).",
          isNeeded: true)
      else { return [] }
      let sent = AppEffect.send(
        ticket: outbox.take(order), request, provider: order.provider)
      let effects = leaveEditing()
      message.show(Notice(.information, "Sending… Your draft is back."))
      return effects + [.saveDraft(draft), sent]
    }
    guard order.provider == editing.provider else {
      message.show(
        Notice(
          .error,
          "Job \(id) goes to \(editing.provider): for another provider cancel it and send anew."))
      return []
    }
    guard !editing.isUnanswered else { return [] }
    let isChanged = history.job(id)?.draft.map { $0.request != editing.base } ?? false
    let asked = "Job \(id) was changed elsewhere meanwhile: \(key) again replaces that."
    guard !isChanged || confirm(.overwrite(order, jobID: id), asking: asked, isNeeded: true) else {
      return []
    }
    self.editing?.isUnanswered = true
    let sent = form
    self.editing?.sent = sent
    message.show(Notice(.information, "Changing job \(id)…"))
    return [.editJob(id: id, request)]
  }

  /// The job has the new request: the draft is back, unless something was typed since.
  mutating func jobEdited(_ id: String) -> [AppEffect] {
    guard editing?.jobID == id, let sent = editing?.sent else {
      message.show(Notice(.success, "Job \(id) was changed and waits for its turn."))
      return []
    }
    editing?.isUnanswered = false
    editing?.known = sent
    editing?.base = history.job(id)?.draft?.request
    guard !isHalfEdited else {
      message.show(
        Notice(
          .success,
          "Job \(id) was changed and waits for its turn. What was typed since is not in it."))
      return []
    }
    let effects = leaveEditing()
    returned = Outbox.Order(request: outgoing, provider: parameters.provider)
    message.show(
      Notice(.success, "Job \(id) was changed and waits for its turn; your draft is back."))
    return effects
  }

  /// What became of a job that does not wait any more.
  func fate(of id: String) -> String {
    switch history.job(id)?.state {
    case .cancelled: "was cancelled meanwhile"
    case .failed: "failed meanwhile"
    default: "was sent meanwhile"
    }
  }

  mutating func editRefused(_ id: String, _ problems: [Problem], _ text: String) {
    if editing?.jobID == id {
      editing?.isUnanswered = false
      showProblems(problems)
    }
    message.show(Notice(.error, text))
  }
}
