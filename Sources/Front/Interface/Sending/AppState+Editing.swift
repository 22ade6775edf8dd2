import Seedream

extension AppState {
  /// Puts the request of the selected job into the form; what is there is kept for later.
  mutating func beginEditing() -> [AppEffect] {
    guard editing == nil || editing?.isDone == true && !isHalfEdited else {
      message.show(
        Notice(
          .warning, "Job \(editing?.jobID ?? "") is being edited: Esc in the prompt leaves it."))
      return []
    }
    guard let job = history.selectedJob, job.state == .queued, let asked = job.draft else {
      askForRow("Select a job that waits for its turn to edit it.")
      return []
    }
    let effects = leaveEditing()
    var begun = JobEditing(
      jobID: job.id, provider: asked.provider, draft: form, prompt: prompt,
      references: references.items, referenceInput: references.input, known: form)
    parameters.restore(asked)
    prompt.editor.replaceAll(with: asked.request.prompt)
    references.keep(asked.request.references)
    begun.known = form
    editing = begun
    message.clear()
    moveFocus(to: .prompt)
    prompt.revealCaret()
    return effects
  }

  /// Whether the form has changes to a job's request that the service has not been told of.
  var isHalfEdited: Bool {
    guard let editing else { return false }
    return form != editing.known || parameters.input != nil
      || references.input?.editor.isBlank == false
  }

  /// Asks before changes to a job's request are dropped.
  ///
  /// - Parameter isQuit: whether the program is left.
  mutating func mayLeaveEdit(isQuit: Bool) -> Bool {
    guard let editing, isHalfEdited else { return true }
    return confirm(
      .leaveEdit(jobID: editing.jobID, isQuit: isQuit),
      asking:
        "The changes to job \(editing.jobID) are not made: \(Keymap.label(of: .send)) makes them, "
        + (isQuit ? "the same key again quits without them." : "Esc again drops them."),
      isNeeded: true)
  }

  /// Puts back what was in the form before.
  mutating func leaveEditing() -> [AppEffect] {
    guard let left = editing else { return [] }
    editing = nil
    parameters.restore(left.draft)
    prompt = left.prompt
    message.show(
      Notice(
        .information,
        left.isDone
          ? "Your draft is back." : "Job \(left.jobID) stays as it was; your draft is back."))
    let effects = references.putBack(left.references)
    references.input = left.referenceInput
    return effects
  }

  /// Sends what is in the form in the place of the job's request.
  mutating func sendEdited(
    _ request: GenerationRequest, of editing: JobEditing
  ) -> [AppEffect] {
    let id = editing.jobID
    guard editing.isPossible else {
      message.show(
        Notice(.error, "Job \(id) does not wait any more: Esc in the prompt leaves it."))
      return []
    }
    guard parameters.provider == editing.provider else {
      message.show(
        Notice(
          .error,
          "Job \(id) goes to \(editing.provider): for another provider cancel it and send anew."))
      return []
    }
    guard !editing.isUnanswered else { return [] }
    self.editing?.isUnanswered = true
    let sent = form
    self.editing?.sent = sent
    message.show(Notice(.information, "Changing job \(id)…"))
    return [.editJob(id: id, request)]
  }

  mutating func jobEdited(_ id: String) {
    if editing?.jobID == id, let sent = editing?.sent {
      editing?.isUnanswered = false
      editing?.isDone = true
      editing?.known = sent
    }
    message.show(
      Notice(
        .success,
        "Job \(id) was changed and waits for its turn."
          + (editing?.jobID != id
            ? ""
            : isHalfEdited
              ? " What was typed since is not in it." : " Esc brings your draft back.")))
  }

  mutating func editRefused(_ id: String, _ problems: [Problem], _ text: String) {
    if editing?.jobID == id {
      editing?.isUnanswered = false
      showProblems(problems)
    }
    message.show(Notice(.error, text))
  }
}
