import Screen
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
    let price = priceNote
    let effects = takeInputs()
    if let text = Pane.allCases.compactMap({ self[$0].line?.message }).first {
      message.show(Notice(.error, text))
      return effects
    }
    if let obstacle = referenceObstacle {
      waitingNote = obstacle
      message.show(Notice(.error, obstacle))
      return effects
    }
    if priceNote != price {
      message.show(
        Notice(
          .warning,
          "What was open is taken, and changes the price. \(priceNote): press "
            + "\(keymap.label(.send)) to send it."))
      return effects
    }
    return effects + sendRequest()
  }

  /// Takes what is open as Enter would: one rule for a highlighted value, a typed one, a reference and a
  /// search. What is not good enough stays open.
  private mutating func takeInputs() -> [AppEffect] {
    var effects = layers.top == nil ? [] : accept()
    for pane in Pane.allCases where self[pane].line != nil { effects += accept(in: pane) }
    return effects
  }

  /// Whom the next request goes to, and for how much.
  private var priceNote: String { "\(parameters.provider): \(costNote)" }

  private mutating func sendRequest() -> [AppEffect] {
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
    draftNote = nil
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
    let key = keymap.label(.send)
    let isFresh = outbox.isFresh(order, at: clock, waiting: history.waitingJobs)
    let end = endNotice.flatMap { agreedEnds.contains(endName($0)) ? nil : $0 }
    let isBack = returned == order
    let sentence =
      isFresh
      ? "Press \(key) again to send the same request once more."
      : end.map { "Press \(key) again to send it, \(costNote): \(told(of: $0, order.request))" }
        ?? (isBack
          ? "This is your draft again: press \(key) once more to send it, \(costNote)."
          : "Press \(key) again to send the same request once more.")
    let isConfirmed = confirm(
      .send(order), asking: sentence, isNeeded: isFresh || end != nil || isBack)
    if isConfirmed {
      returned = nil
      if let end { agreedEnds.insert(endName(end)) }
    }
    return isConfirmed
  }

  /// What is known of the model in the form, where it is over at its provider.
  var endNotice: LifeNotice? {
    guard let item = parameters.providerItem, let family = parameters.model?.family,
      let notice = item.notices[family.rawValue], notice.isOver
    else { return nil }
    return notice
  }

  private func endName(_ notice: LifeNotice) -> String {
    "\(parameters.provider) \(notice.family.rawValue)"
  }

  /// The end of a model and what follows it, without what is said where it is sent unasked.
  private func told(of notice: LifeNotice, _ request: GenerationRequest) -> String {
    guard let item = parameters.providerItem else { return notice.words }
    return parameters.catalogue.problem(of: notice, for: request, tariff: item.tariff).message
      .replacing(" It is sent as asked for.", with: "")
      .replacing("; it is sent as asked for.", with: ".")
  }

  /// Whether a press does what its key is for; else the question is on the message line.
  mutating func confirm(
    _ question: Confirmation.Question, asking sentence: String, isNeeded: Bool
  ) -> Bool {
    // A question that cannot be read cannot be answered.
    let shown = layout.message.columns < 10 ? nil : message.notice
    let isConfirmed = confirmation.pressed(
      question, asking: sentence, isNeeded: isNeeded, shown: shown,
      isHurried: hurriedKeys.contains(pressedKey), at: clock)
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

  /// What keeps the references from being sent, a sentence.
  var referenceObstacle: String? {
    for (index, item) in references.items.enumerated() {
      switch item.state {
      case .checking:
        return "Reference \(index + 1) is still being looked at: press "
          + "\(keymap.label(.send)) again in a moment."
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
    guard !suggestions.isEmpty else { return message }
    let word = field == .model ? "To be named instead" : "Possible"
    return "\(message) \(word): \(suggestions.prefix(3).joined(separator: ", "))."
  }
}
