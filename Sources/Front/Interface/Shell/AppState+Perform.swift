import Screen

extension AppState {
  /// Does what a key asks for, or says why it cannot be done.
  mutating func perform(_ id: ActionID) -> [AppEffect] {
    guard let action = ActionRegistry[id] else { return [] }
    guard hasRoom || !action.actsOnWhatIsShown else {
      sayThereIsNoRoom()
      return []
    }
    if case .no(let reason) = action.availability?(self) {
      message.show(Notice(.warning, reason))
      return []
    }
    return action.perform(&self)
  }

  /// Whether there is a cell to show what keys act on.
  var hasRoom: Bool {
    if let layer = layers.top { return layer.hasRoom(in: area(of: layer)) }
    let layout = layout
    return !layout.content(of: focus, under: messageRows(layout)).isEmpty
  }

  mutating func sayThereIsNoRoom() {
    message.show(Notice(.warning, "Nothing was done: the window has no room to show to what."))
  }

  mutating func step(_ step: ListStep) -> [AppEffect] {
    changeFront { $0.step(step).map(ViewRequest.effect) }
  }

  /// Takes what is typed or chosen in what has the keys.
  mutating func accept() -> [AppEffect] {
    let facts = facts()
    return changeFront { $0.accept(facts) }
  }

  /// The same for what is seen in a pane.
  mutating func accept(in pane: Pane) -> [AppEffect] {
    let facts = facts()
    return changeView(in: pane) { $0.accept(facts) }
  }

  /// One level out: what is open in a view goes first, then the layer, then the focus returns to the prompt.
  mutating func back() -> [AppEffect] {
    let isLayer = layers.top != nil
    var isOver = false
    let effects = changeFront { view in
      if let effects = view.back() { return effects.map(ViewRequest.effect) }
      isOver = true
      return isLayer ? [.close] : []
    }
    guard isOver, !isLayer else { return effects }
    guard focus == .prompt else {
      moveFocus(to: .prompt)
      return []
    }
    guard compose.editing != nil, pressing({ $0.compose.mayLeave(isQuit: false, &$1) }) else {
      return []
    }
    return answer(compose.leaveEditing())
  }

  /// Takes what is open, then sends the request. What is not good enough stays open, and is said in place.
  mutating func send() -> [AppEffect] {
    let price = compose.priceNote
    let effects = takeInputs()
    if let text = Pane.allCases.compactMap({ self[$0].line?.message }).first {
      message.show(Notice(.error, text))
      return effects
    }
    let (edited, waiting) = (editedJob, picturesPane.waitingJobs)
    return effects
      + answer(
        pressing { $0.compose.send(toldPrice: price, edited: edited, waiting: waiting, &$1) })
  }

  /// Takes what is open as Enter would: one rule for a highlighted value, a typed one, a reference and a search.
  private mutating func takeInputs() -> [AppEffect] {
    var effects = layers.top == nil ? [] : accept()
    for pane in Pane.allCases where self[pane].line != nil { effects += accept(in: pane) }
    return effects
  }

  /// Brings the job that is edited in line with how it stands now.
  mutating func followEditedJob() -> [AppEffect] { answer(compose.followEdited(editedJob, keymap)) }

  mutating func quit() -> [AppEffect] {
    pressing { $0.compose.mayLeave(isQuit: true, &$1) } ? end() : []
  }

  /// The changes to a job that the user was asked about go.
  private mutating func end() -> [AppEffect] {
    compose.editing?.isGivenUp = true
    return [.saveDraft(compose.draft), .quit]
  }

  /// Twice in a row quits; changes to a job that are not made are asked about as with any other way out.
  mutating func interrupt() -> [AppEffect] {
    guard !compose.isHalfEdited else { return quit() }
    if keyboard.isQuitArmed { return end() }
    keyboard.isQuitArmed = true
    let count = picturesPane.activeCount
    let jobs =
      count == 0
      ? "" : count == 1 ? " The running job goes on." : " The \(count) running jobs go on."
    message.show(Notice(.information, "Press \(keymap.label(.interrupt)) again to quit.\(jobs)"))
    return []
  }
}
