import Seedream

extension AppState {
  /// The request as it would be sent now.
  var outgoing: GenerationRequest {
    var request = parameters.outgoing
    request.prompt = prompt.editor.text
    request.references = references.references
    return request
  }

  /// Checks, and sends what passes. What does not is said in place, and everything typed stays.
  mutating func send() -> [AppEffect] {
    if parameters.input != nil { parameters.acceptInput() }
    if let text = parameters.input?.message {
      message.show(Notice(.error, text))
      return []
    }
    if let obstacle = referenceObstacle {
      message.show(Notice(.error, obstacle))
      return []
    }
    let request = outgoing
    let problems = problems(of: request)
    showProblems(problems)
    if let problem = problems.first(where: { $0.severity == .blocking }) {
      message.show(Notice(.error, problem.sentence))
      return []
    }
    if let editing { return sendEdited(request, of: editing) }
    let order = Outbox.Order(request: request, provider: parameters.provider)
    guard mayGo(order) else { return [] }
    // The prompt has no row to show advice in.
    let told =
      problems.first { $0.field == .prompt }
      ?? lifeProblem(
        of: request, at: parameters.providerItem)
    let advice = told.map { " \($0.message)" } ?? ""
    message.show(Notice(.information, "Sending…\(advice)"))
    return [
      .saveDraft(draft),
      .send(ticket: outbox.take(order), request, provider: order.provider),
    ]
  }

  /// Says what keeps an order from being sent a second time.
  private mutating func mayGo(_ order: Outbox.Order) -> Bool {
    if outbox.isUnanswered(order) {
      message.show(
        Notice(.information, "Already sending; press again when it is accepted."))
      return false
    }
    return confirm(
      .send(order), asking: "Press Alt-Enter again to send the same request once more.",
      isNeeded: outbox.isFresh(order, at: clock, waiting: history.waitingJobs))
  }

  /// Whether a press does what its key is for; else the question is on the message line.
  mutating func confirm(
    _ question: Confirmation.Question, asking sentence: String, isNeeded: Bool
  ) -> Bool {
    let isConfirmed = confirmation.pressed(
      question, asking: sentence, isNeeded: isNeeded, shown: message.notice, at: clock)
    if let notice = confirmation.notice { message.show(notice) }
    return isConfirmed
  }

  /// What keeps a request from being sent, and what else is worth knowing before.
  func problems(of request: GenerationRequest) -> [Problem] {
    let item = parameters.providerItem
    let catalogue = parameters.catalogue
    return catalogue.problems(
      of: request, on: item?.site ?? .byteplus, limits: item?.limits ?? RequestLimits())
      + [lifeProblem(of: request, at: item)].compactMap(\.self)
  }

  /// What is known of the end of the model there.
  func lifeProblem(of request: GenerationRequest, at item: ProviderItem?) -> Problem? {
    guard let item, let model = parameters.catalogue.model(of: request),
      let notice = item.notices[model.family.rawValue]
    else { return nil }
    return parameters.catalogue.problem(of: notice, for: request, tariff: item.tariff)
  }

  /// Marks rows and references, each with the worst of its problems; an empty prompt is worth a word
  /// only when it is sent.
  mutating func showProblems(_ problems: [Problem]) {
    parameters.problems = [:]
    references.problems = [:]
    for problem in problems.filter({ $0.severity == .advice })
      + problems.filter({ $0.severity == .blocking })
    {
      if let field = Parameter(problem.field) {
        parameters.problems[field] = problem
      } else if problem.field == .references {
        references.problems[problem.referenceIndex ?? max(0, references.items.count - 1)] = problem
      }
    }
  }

  private var referenceObstacle: String? {
    for (index, item) in references.items.enumerated() {
      switch item.state {
      case .checking: return "Reference \(index + 1) is still being looked at."
      case .refused(let text):
        return "Reference \(index + 1) cannot be used: \(text)"
      case .ready: continue
      }
    }
    return nil
  }
}

extension Problem {
  /// On the message line: only what keeps a request from being sent is an error.
  var notice: Notice { Notice(severity == .blocking ? .error : .information, sentence) }

  /// The message, and what would be taken instead.
  var sentence: String {
    suggestions.isEmpty
      ? message : "\(message) Possible: \(suggestions.prefix(3).joined(separator: ", "))."
  }
}
