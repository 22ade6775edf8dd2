import Jobs
import Seedream

/// The next request as it is made: prompt, parameters and references; or the request of a job that waits, in its
/// place.
struct Compose: Equatable, Sendable {
  var prompt = PromptPane()
  var parameters: ParameterForm
  var references = ReferenceList()
  /// The parameters that the program began with.
  let begun: Draft
  /// The job whose request is in the form instead of the draft.
  var editing: JobEditing?
  /// The picture or job whose request is to come into the form.
  var recalling: String?
  /// Whom the draft was written for, where that is not whom it goes to now.
  var draftNote: String?
  var pendingSends = PendingSends()
  /// Whether there is something to save.
  var isDirty = false

  init(_ parameters: ParameterForm) {
    self.parameters = parameters
    begun = parameters.values
  }

  /// What is in the form now: the draft, or the request of the job that is edited.
  var form: Draft {
    var request = parameters.request
    request.prompt = prompt.editor.text
    request.references = references.references
    var form = Draft(provider: parameters.provider, request: request)
    form.chosen = begun.provider
    return form
  }

  /// The request as it would be sent now.
  var outgoing: GenerationRequest {
    var request = parameters.outgoing
    request.prompt = prompt.editor.text
    request.references = references.references
    return request
  }

  /// The same, and whom it would go to.
  var order: PendingSends.Order {
    PendingSends.Order(request: outgoing, provider: parameters.provider)
  }

  /// Checks, and sends what passes. What does not is said in place, and everything typed stays.
  ///
  /// - Parameters:
  ///   - price: what was said of whom it goes to and what it costs when the key was pressed.
  ///   - edited: the job that is edited, as the service has it.
  ///   - waiting: the jobs that have not reached their providers.
  mutating func send(
    toldPrice price: String, edited: JobStatus?, waiting: Set<String>, _ press: inout Press
  ) -> [ViewRequest] {
    if let obstacle = referenceObstacle(press.keymap) {
      pendingSends.waitingNote = obstacle
      return [.say(Notice(.error, obstacle))]
    }
    guard priceNote == price else {
      let told =
        "What was open is taken, and changes the price. \(priceNote): press "
        + "\(press.keymap.label(.send)) to send it."
      return [.say(Notice(.warning, told))]
    }
    let order = order
    let problems = problems(of: order.request)
    showProblems(problems)
    if let problem = problems.first(where: { $0.severity == .blocking }) {
      return [.say(Notice(.error, problem.sentence))]
    }
    if let editing { return send(order, of: editing, edited, &press) }
    guard !pendingSends.isUnanswered(order) else {
      return [.say(Notice(.information, "Already sending; press again when it is accepted."))]
    }
    let end = endNotice.map { (model: $0.family.rawValue, told: told(of: $0, order.request)) }
    guard pendingSends.mayGo(order, cost: costNote, end: end, waiting: waiting, &press) else {
      return []
    }
    // The prompt has no row to show advice in.
    let worth = problems.first { $0.field == .prompt } ?? lifeProblem(of: order.request)
    let advice = worth.map { " \($0.message)" } ?? ""
    draftNote = nil
    return [
      .say(Notice(.information, "Sending…\(advice)")), .effect(.saveDraft(draft)),
      .effect(pendingSends.send(order)),
    ]
  }

  mutating func sent(_ ticket: Int, as jobID: String, at time: Double) -> [ViewRequest] {
    pendingSends.accepted(ticket, jobID: jobID, at: time)
    return [.say(Notice(.success, "Sent as job \(jobID)."))]
  }

  mutating func sendRefused(
    _ ticket: Int, _ problems: [Problem], _ text: String
  ) -> [ViewRequest] {
    pendingSends.refused(ticket)
    showProblems(problems)
    return [.say(Notice(.error, text))]
  }

  /// Takes in what a reference is, and says so where a send waited for the last of them.
  mutating func inspected(
    _ token: Int, _ facts: ReferenceFacts, shown: Notice?, _ keymap: Keymap
  ) -> [ViewRequest] {
    references.inspected(token, facts)
    guard let note = pendingSends.waitingNote, shown?.text == note, referenceObstacle(keymap) == nil
    else { return [] }
    let told = "The references are looked at: \(keymap.label(.send)) sends."
    return [.say(Notice(.information, told))]
  }

  /// An editor ends a file with a line end that nobody meant.
  mutating func editorReturned(_ text: String?) {
    guard var text else { return }
    if text.last?.isNewline == true { text.removeLast() }
    write(text)
  }

  /// Another text in place of the prompt: one step of undo.
  mutating func write(_ text: String) {
    prompt.editor.replaceAll(with: text)
    prompt.revealCaret()
  }

  /// What a user writes, to tell whether it has changed.
  struct Written: Equatable {
    var prompt: EditStamp
    var parameters: Draft
    var references: [ReferenceList.Item]
    var reference: String?
  }

  var written: Written {
    Written(
      prompt: prompt.editor.stamp, parameters: parameters.values,
      references: references.items, reference: references.typed)
  }

  /// Has what was written since saved, and checked anew.
  mutating func noteEdits(since before: Written) {
    let now = written
    guard now != before else { return }
    isDirty = true
    if now.parameters != before.parameters || now.references != before.references {
      showProblems(problems(of: outgoing))
    }
  }
}
