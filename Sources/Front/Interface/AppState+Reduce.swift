import Jobs
import Screen
import Seedream

extension AppState {
  /// Takes in what happened and says what is to be done about it.
  ///
  /// - Parameter time: when it happened, in seconds on the clock of `AppAction.ticked`; it tells a key
  ///   held down from one pressed again. Nil stands for the last tick.
  package mutating func reduce(_ action: AppAction, at time: Double? = nil) -> [AppEffect] {
    clock = max(clock, time ?? now)
    let before = written
    var effects = handle(action)
    if case .input = action {} else { effects += tellLayers(action) }
    if written != before {
      draftIsDirty = true
      if written.parameters != before.parameters || written.references != before.references {
        showProblems(problems(of: outgoing))
      }
    }
    fit()
    return effects + history.wants() + preview.want(previewKey)
  }

  private mutating func handle(_ action: AppAction) -> [AppEffect] {
    switch action {
    case .input(let event): return input(event)
    case .resized(let size):
      self.size = size
      fit()
    case .ticked(let now): return ticked(now)
    case .clockSet(let wall): self.wall = wall
    case .serviceConnected: service = .connected
    case .serviceLost(let message):
      service = .lost(message: message)
      history.serviceLost()
    case .jobsListed(let items):
      history.listed(items)
      announceUnknown()
      heedJobs()
    case .jobReported(let item):
      let before = history.job(item.id)
      history.reported(item)
      if before?.state != item.state { announce(item) }
      heedJobs()
    case .queueReported(let item): queueReported(item)
    case .budgetReported(let items): budget = items
    case .jobEdited(let id): return jobEdited(id)
    case .editRefused(let id, let problems, let text): editRefused(id, problems, text)
    case .attached, .attachRefused: break  // What stands in front asked for it.
    case .pathCompleted(let typed, let paths): pathCompleted(typed, paths)
    case .pageLoaded(let ticket, let page): return pageLoaded(ticket, page)
    case .changesLoaded(let ticket, let changes): return history.changed(ticket, changes)
    case .historyFailed(let message): history.failed(message)
    case .pictureArrived(let item): history.arrived(item)
    case .galleryChanged: return history.refresh()
    case .pictureTrashed(let id): trashed(id)
    case .pictureRestored(let id): return restored(id)
    case .trashRefused(let id, let text): return trashRefused(id, text)
    case .recalled(let id, let draft, let price): return recalled(id, draft, priceThen: price)
    case .previewLoaded(let key, let picture): preview.received(key, .picture(picture))
    case .previewFailed(let key, let message): preview.received(key, .failed(message: message))
    case .sendAccepted(let ticket, let id):
      outbox.accepted(ticket, jobID: id, at: clock)
      message.show(Notice(.success, "Sent as job \(id)."))
    case .sendRefused(let ticket, let problems, let text):
      outbox.refused(ticket)
      showProblems(problems)
      message.show(Notice(.error, text))
    case .referenceInspected(let token, let facts):
      references.inspected(token, facts)
      if message.notice?.text == waitingNote, referenceObstacle == nil {
        message.show(
          Notice(.information, "The references are looked at: \(keymap.label(.send)) sends."))
      }
    case .referenceRefused(let token, let text):
      guard let row = references.refused(token, text) else { break }
      message.show(
        Notice(
          .error,
          "Reference \(row + 1) cannot be used: \(text) In the list \(keymap.label(.editReference)) "
            + "corrects it, \(keymap.label(.removeReference)) removes it."))
    case .editorReturned(let text): takeEdited(text)
    case .draftRestored(let draft):
      draftIsDirty = true
      return restore(draft)
    case .otherDraftFound(let words):
      message.tell(
        Notice(
          .information,
          "Another studio left a draft too: '\(words)'. \(keymap.label(.swapDraft)) brings it here."
        ))
    case .draftTaken(let draft): return take(draft)
    case .noticed(let notice): message.show(notice)
    }
    return []
  }

  /// Brings what depends on the size in line with it.
  private mutating func fit() {
    let layout = layout
    // All of them are measured before one is changed.
    for (pane, area) in shownAreas(of: layout.panes.keys, layout) {
      change(pane) { $0.fit(area.size) }
    }
    fitLayers()
  }

  private mutating func ticked(_ now: Double) -> [AppEffect] {
    self.now = max(self.now, now)
    clock = max(clock, now)
    message.secondPassed()
    if case .connecting = service { service = .connecting(isLate: true) }
    guard draftIsDirty else { return [] }
    draftIsDirty = false
    return [.saveDraft(draft)]
  }

  /// An editor ends a file with a line end that nobody meant.
  private mutating func takeEdited(_ text: String?) {
    guard var text else { return }
    if text.last?.isNewline == true { text.removeLast() }
    prompt.editor.replaceAll(with: text)
    prompt.revealCaret()
  }

  private struct Written: Equatable {
    var prompt: [Character]
    var parameters: Draft
    var references: [ReferenceList.Item]
    var reference: String?
  }

  private var written: Written {
    Written(
      prompt: prompt.editor.characters,
      parameters: parameters.values, references: references.items,
      reference: references.typed)
  }
}
