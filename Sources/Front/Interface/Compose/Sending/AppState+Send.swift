import Seedream

extension AppState {
  /// Checks, and sends what passes. What does not is said in place, and everything typed stays.
  mutating func send() -> [AppEffect] {
    let price = compose.priceNote
    let effects = takeInputs()
    if let text = Pane.allCases.compactMap({ self[$0].line?.message }).first {
      message.show(Notice(.error, text))
      return effects
    }
    if let obstacle = compose.referenceObstacle(keymap) {
      compose.outbox.waitingNote = obstacle
      message.show(Notice(.error, obstacle))
      return effects
    }
    if compose.priceNote != price {
      message.show(
        Notice(
          .warning,
          "What was open is taken, and changes the price. \(compose.priceNote): press "
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

  private mutating func sendRequest() -> [AppEffect] {
    let order = compose.order
    let problems = compose.problems(of: order.request)
    compose.showProblems(problems)
    if let problem = problems.first(where: { $0.severity == .blocking }) {
      message.show(Notice(.error, problem.sentence))
      return []
    }
    if let editing = compose.editing { return send(order, of: editing) }
    guard mayGo(order) else { return [] }
    // The prompt has no row to show advice in.
    let told =
      problems.first { $0.field == .prompt } ?? compose.lifeProblem(of: order.request)
    let advice = told.map { " \($0.message)" } ?? ""
    message.show(Notice(.information, "Sending…\(advice)"))
    compose.draftNote = nil
    return [.saveDraft(compose.draft), compose.outbox.send(order)]
  }

  /// Says what keeps an order from being sent a second time.
  private mutating func mayGo(_ order: Outbox.Order) -> Bool {
    if compose.outbox.isUnanswered(order) {
      message.show(
        Notice(.information, "Already sending; press again when it is accepted."))
      return false
    }
    let key = keymap.label(.send)
    let isFresh = compose.outbox.isFresh(order, at: clock, waiting: history.waitingJobs)
    let end = compose.endNotice.flatMap {
      compose.outbox.agreedEnds.contains(endName($0)) ? nil : $0
    }
    let isBack = compose.outbox.returned == order
    let sentence =
      isFresh
      ? "Press \(key) again to send the same request once more."
      : end.map {
        "Press \(key) again to send it, \(compose.costNote): \(compose.told(of: $0, order.request))"
      }
        ?? (isBack
          ? "This is your draft again: press \(key) once more to send it, \(compose.costNote)."
          : "Press \(key) again to send the same request once more.")
    let isConfirmed = confirm(
      .send(order), asking: sentence, isNeeded: isFresh || end != nil || isBack)
    if isConfirmed {
      compose.outbox.returned = nil
      if let end { compose.outbox.agreedEnds.insert(endName(end)) }
    }
    return isConfirmed
  }

  private func endName(_ notice: LifeNotice) -> String {
    "\(compose.parameters.provider) \(notice.family.rawValue)"
  }
}
