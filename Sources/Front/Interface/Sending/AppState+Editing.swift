import Seedream

extension AppState {
  /// Puts the request of the selected job into the form; what is there is kept for later.
  mutating func beginEditing() {
    guard editing == nil else {
      message.show(
        Notice(
          .warning, "Job \(editing?.jobID ?? "") is being edited: Esc in the prompt leaves it."))
      return
    }
    guard let job = history.selectedJob, job.state == .queued, let asked = job.draft else {
      message.show(Notice(.warning, "Select a job that waits for its turn to edit it."))
      return
    }
    editing = JobEditing(
      jobID: job.id, provider: asked.provider, draft: form, prompt: prompt,
      references: references.items)
    parameters.restore(asked)
    prompt.editor.replaceAll(with: asked.request.prompt)
    references.keep(asked.request.references)
    moveFocus(to: .prompt)
    prompt.revealCaret()
  }

  /// Puts back what was in the form before.
  mutating func leaveEditing() -> [AppEffect] {
    guard let left = editing else { return [] }
    editing = nil
    parameters.restore(left.draft)
    prompt = left.prompt
    message.show(Notice(.information, "Job \(left.jobID) stays as it was; your draft is back."))
    return references.putBack(left.references)
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
    message.show(Notice(.information, "Changing job \(id)…"))
    return [.editJob(id: id, request)]
  }

  mutating func jobEdited(_ id: String) -> [AppEffect] {
    guard editing?.jobID == id else { return [] }
    let effects = leaveEditing()
    message.show(Notice(.success, "Job \(id) was changed and waits for its turn."))
    return effects
  }

  mutating func editRefused(_ id: String, _ problems: [Problem], _ text: String) {
    if editing?.jobID == id {
      editing?.isUnanswered = false
      showProblems(problems)
    }
    message.show(Notice(.error, text))
  }
}
