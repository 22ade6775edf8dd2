import Jobs
import Seedream

extension Compose {
  /// Puts the request of a job that waits into the form; what is there is kept for later.
  mutating func begin(editing job: JobStatus) -> [ViewRequest] {
    let asked = job.draft
    var begun = JobEditing(
      jobID: job.id, provider: asked.provider, draft: form, prompt: prompt,
      references: references.items, referenceInput: references.line, known: form)
    begun.base = asked.request
    parameters.restore(asked)
    write(asked.request.prompt)
    references.keep(asked.request.references)
    begun.known = form
    editing = begun
    return [.focus(.prompt)]
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
  func mayLeave(isQuit: Bool, _ press: inout Press) -> Bool {
    guard let editing, isHalfEdited else { return true }
    let keymap = press.keymap
    return press.confirms(
      .leaveEdit(jobID: editing.jobID, isQuit: isQuit),
      asking:
        "The changes to job \(editing.jobID) are not made: \(keymap.label(.send)) "
        + (editing.isPossible ? "makes them, " : "sends them as a new job, ")
        + (isQuit
          ? "the same key again quits without them."
          : "\(keymap.label(.back)) again drops them."))
  }

  /// Puts back what was in the form before.
  mutating func leaveEditing() -> [ViewRequest] {
    guard let left = editing else { return [] }
    editing = nil
    parameters.restore(left.draft)
    prompt = left.prompt
    let effects = references.putBack(left.references)
    references.line = left.referenceInput
    let told = Notice(.information, "Job \(left.jobID) stays as it was; your draft is back.")
    return effects.map(ViewRequest.effect) + [.say(told)]
  }

  /// Sends what is in the form in the place of the job's request; as a new job where that one does not wait any more.
  ///
  /// - Parameter job: it, as the service has it.
  mutating func send(
    _ order: PendingSends.Order, of editing: JobEditing, _ job: JobStatus?, _ press: inout Press
  ) -> [ViewRequest] {
    let id = editing.jobID
    let key = press.keymap.label(.send)
    guard editing.isPossible else {
      let asked =
        "Job \(id) \(JobWords.fate(of: job)): press \(key) again to send this as a new job, \(costNote)."
      guard press.confirms(.send(order), asking: asked) else { return [] }
      let sent = pendingSends.send(order)
      let requests = leaveEditing()
      return requests + [
        .say(Notice(.information, "Sending… Your draft is back.")), .effect(.saveDraft(draft)),
        .effect(sent),
      ]
    }
    guard order.provider == editing.provider else {
      let told =
        "Job \(id) goes to \(editing.provider): for another provider cancel it and send anew."
      return [.say(Notice(.error, told))]
    }
    guard !editing.isUnanswered else { return [] }
    let isChanged = job.map { $0.request != editing.base } ?? false
    let asked = "Job \(id) was changed elsewhere meanwhile: \(key) again replaces that."
    guard !isChanged || press.confirms(.overwrite(order, jobID: id), asking: asked) else {
      return []
    }
    let sent = form
    self.editing?.isUnanswered = true
    self.editing?.sent = sent
    return [
      .say(Notice(.information, "Changing job \(id)…")), .effect(.editJob(id: id, order.request)),
    ]
  }

  /// Takes in how the job that is edited stands: one that does not wait any more cannot be changed.
  mutating func followEdited(_ job: JobStatus?, _ keymap: Keymap) -> [ViewRequest] {
    guard editing?.isPossible == true, let job, job.state.phase != .queued else { return [] }
    editing?.isPossible = false
    let told =
      "Job \(job.id) \(JobWords.fate(of: job)): \(keymap.label(.send)) sends what is in the form as a new job."
    return [.say(Notice(.warning, told))]
  }

  /// The job has the new request: the draft is back, unless something was typed since.
  ///
  /// - Parameter request: the job's, as the service has it now.
  mutating func jobEdited(_ id: String, _ request: GenerationRequest?) -> [ViewRequest] {
    let told = "Job \(id) was changed and waits for its turn"
    guard editing?.jobID == id, let sent = editing?.sent else {
      return [.say(Notice(.success, "\(told)."))]
    }
    editing?.isUnanswered = false
    editing?.known = sent
    editing?.base = request
    guard !isHalfEdited else {
      return [.say(Notice(.success, "\(told). What was typed since is not in it."))]
    }
    let requests = leaveEditing()
    pendingSends.returned = order
    return requests + [.say(Notice(.success, "\(told); your draft is back."))]
  }

  mutating func editRefused(
    _ id: String, _ problems: [Problem], _ text: String
  ) -> [ViewRequest] {
    if editing?.jobID == id {
      editing?.isUnanswered = false
      showProblems(problems)
    }
    return [.say(Notice(.error, text))]
  }
}
