import Jobs
import Seedream

extension AppState {
  mutating func perform(_ command: Command) -> [AppEffect] {
    let action = ActionRegistry.action(for: command)
    guard hasRoom || action?.actsOnWhatIsShown == false else {
      sayThereIsNoRoom()
      return []
    }
    if case .no(let reason)? = action?.availability(self) {
      message.show(Notice(.warning, reason))
      return []
    }
    if let effects = performInFront(command) { return effects }
    switch command {
    case .edit(let command): edit { $0.perform(command) }
    case .step(let step): return change(focus) { $0.step(step) }
    case .send: return send()
    case .swapDraft: return swapDraft()
    case .openEditor: return [.openEditor(prompt.editor.text)]
    case .nextPane: moveFocus(to: focus.moved(by: 1))
    case .previousPane: moveFocus(to: focus.moved(by: -1))
    case .focus(let pane): moveFocus(to: pane)
    case .view(let action): open(action)
    case .back: return back()
    case .quit: return mayLeaveEdit(isQuit: true) ? quit() : []
    case .interrupt: return interrupt()
    case .suspend: return [.saveDraft(draft), .suspend]
    case .redraw: return [.redraw]

    case .previousValue: parameters.change(by: -1)
    case .nextValue: parameters.change(by: 1)
    case .openChoices: parameters.openChoices()
    case .editValue: parameters.openInput()
    case .accept:
      let today = today
      return change(focus) { $0.accept(on: today) }
    case .complete: return complete()

    case .addReference: references.openInput()
    case .editReference: references.correctSelected()
    case .removeReference: references.removeSelected()
    case .moveReferenceUp: references.moveSelected(by: -1)
    case .moveReferenceDown: references.moveSelected(by: 1)

    case .useAsReference: useAsReference()
    case .takePrompt: takePrompt()
    case .cancelJob: return cancelJob()
    case .retryJob: return retryJob()
    case .dismissJob: dismissJob()
    case .dismissEndedJobs: dismissEndedJobs()
    case .moveJobUp: return moveJob(by: -1)
    case .moveJobDown: return moveJob(by: 1)
    case .editJob: return beginEditing()
    case .pauseQueue: return pauseOrResume()
    case .cancelAllJobs: return cancelAllJobs()
    case .trashPicture: return trashPicture()
    case .undoTrash: return undoTrash()
    case .recall: return recall()
    case .openSet: return history.openSet()
    case .closeSet: history.closeSet()
    case .search: history.open(.search)
    case .goToPlace: history.open(.place)
    }
    return []
  }

  /// One level out: what is open in a pane goes first, then the focus returns to the prompt.
  private mutating func back() -> [AppEffect] {
    if let effects = change(focus, { $0.back() }) { return effects }
    guard focus == .prompt else {
      moveFocus(to: .prompt)
      return []
    }
    guard editing != nil else { return [] }
    return mayLeaveEdit(isQuit: false) ? leaveEditing() : []
  }

  /// The changes to a job that the person was asked about go.
  private mutating func quit() -> [AppEffect] {
    editing?.isGivenUp = true
    return [.saveDraft(draft), .quit]
  }

  /// Twice in a row quits; changes to a job that are not made are asked about as with any other way out.
  private mutating func interrupt() -> [AppEffect] {
    guard !isHalfEdited else { return mayLeaveEdit(isQuit: true) ? quit() : [] }
    if isQuitArmed { return quit() }
    isQuitArmed = true
    let count = history.activeCount
    let jobs =
      count == 0
      ? "" : count == 1 ? " The running job goes on." : " The \(count) running jobs go on."
    message.show(Notice(.information, "Press \(keymap.label(.interrupt)) again to quit.\(jobs)"))
    return []
  }

  private mutating func useAsReference() {
    guard let item = history.selectedPicture else { return }
    let places = references.items.indices.filter {
      references.items[$0].reference == .picture(item.id)
    }
    let isConfirmed = confirm(
      .reference(item.id),
      asking:
        "\(item.id) is reference \((places.first ?? 0) + 1) already: the same key again adds it once more.",
      isNeeded: !places.isEmpty)
    guard isConfirmed else { return }
    references.add(
      ReferenceFacts(
        reference: .picture(item.id), name: item.id, width: item.width, height: item.height,
        byteCount: item.byteCount))
    let rest =
      item.layers.isEmpty
      ? "" : " It is the base alone; its layers are rows after \(keymap.label(.openLayers))."
    message.show(Notice(.success, "\(item.id) is reference \(references.items.count).\(rest)"))
  }

  private mutating func takePrompt() {
    guard let text = history.selectedPicture?.prompt ?? history.selectedJob?.request.prompt else {
      return
    }
    prompt.editor.replaceAll(with: text)
    prompt.revealCaret()
    moveFocus(to: .prompt)
    message.show(
      Notice(
        .information, "The prompt was taken over. \(keymap.label(.undoEdit)) takes it back.")
    )
  }
}
