import Jobs
import Seedream

extension Compose {
  /// Puts the request of a job that waits into the form; what is there is kept for later.
  mutating func begin(editing job: JobStatus) {
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
  }

  /// Whether the form has changes to a job's request that the service has not been told of.
  var isHalfEdited: Bool {
    guard let editing else { return false }
    return form != editing.known || parameters.line != nil
      || references.line?.editor.isBlank == false
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

  /// Sends the changed request to the service, which answers.
  mutating func change(_ job: JobEditing, to request: GenerationRequest) -> [ViewRequest] {
    editing?.isUnanswered = true
    let sent = form
    editing?.sent = sent
    return [
      .say(Notice(.information, "Changing job \(job.jobID)…")),
      .effect(.editJob(id: job.jobID, request)),
    ]
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
    outbox.returned = order
    return requests + [.say(Notice(.success, "\(told); your draft is back."))]
  }

  mutating func editRefused(_ id: String, _ problems: [Problem]) {
    guard editing?.jobID == id else { return }
    editing?.isUnanswered = false
    showProblems(problems)
  }
}
