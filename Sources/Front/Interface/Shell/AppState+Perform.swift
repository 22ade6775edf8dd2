import Screen

extension AppState {
  /// Does what a key asks for, or says why it cannot be done.
  mutating func perform(_ id: ActionID) -> [AppEffect] {
    guard let action = ActionRegistry[id] else { return [] }
    guard hasRoom || !action.actsOnWhatIsShown else {
      sayThereIsNoRoom()
      return []
    }
    if case .no(let reason) = action.availability(self) {
      message.show(Notice(.warning, reason))
      return []
    }
    return action.perform(&self)
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
    guard compose.editing != nil, mayLeaveEdit(isQuit: false) else { return [] }
    return answer(compose.leaveEditing())
  }

  mutating func quit() -> [AppEffect] { mayLeaveEdit(isQuit: true) ? end() : [] }

  /// The changes to a job that the person was asked about go.
  private mutating func end() -> [AppEffect] {
    compose.editing?.isGivenUp = true
    return [.saveDraft(compose.draft), .quit]
  }

  /// Twice in a row quits; changes to a job that are not made are asked about as with any other way out.
  mutating func interrupt() -> [AppEffect] {
    guard !compose.isHalfEdited else { return quit() }
    if keyboard.isQuitArmed { return end() }
    keyboard.isQuitArmed = true
    let count = history.activeCount
    let jobs =
      count == 0
      ? "" : count == 1 ? " The running job goes on." : " The \(count) running jobs go on."
    message.show(Notice(.information, "Press \(keymap.label(.interrupt)) again to quit.\(jobs)"))
    return []
  }
}
