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
    let before = compose.written
    var effects = handle(action)
    if case .input = action {} else { effects += tellLayers(action) }
    compose.noteEdits(since: before)
    fit()
    return effects + picturesPane.wants() + preview.want(previewKey)
  }

  private mutating func handle(_ action: AppAction) -> [AppEffect] {
    switch action {
    case .input(let event): return input(event)
    case .resized(let size):
      self.size = size
      fit()
    case .ticked(let now): return ticked(now)
    case .clockSet(let wall): self.wall = wall
    case .drawingSet(let drawing): self.drawing = drawing
    case .serviceConnected: service = .connected
    case .serviceLost(let message, let isUnexpected):
      service = .lost(message: message)
      if isUnexpected { self.message.dropNews() }
      picturesPane.serviceLost(isUnexpected: isUnexpected)
    case .jobsListed(let items):
      let keys = keymap.keys(.firstRow, .decide, from: focus)
      return answer(picturesPane.listed(items, isFree: compose.isFree, decideKeys: keys))
        + followEditedJob()
    case .jobReported(let item):
      return answer(picturesPane.reported(item, isFree: compose.isFree(item))) + followEditedJob()
    case .queueReported(let item):
      let keys = keymap.keys(.pauseQueue, from: focus)
      return answer(picturesPane.queueSwitch.reported(item, pauseKeys: keys))
    case .budgetReported(let items): budget = items
    case .jobEdited(let id):
      return answer(compose.jobEdited(id, picturesPane.job(id)?.request))
    case .editRefused(let id, let problems, let text):
      return answer(compose.editRefused(id, problems, text))
    case .attached, .attachRefused: break  // What stands in front asked for it.
    case .pathCompleted(let typed, let paths): pathCompleted(typed, paths)
    case .pageLoaded(let ticket, let page): return answer(picturesPane.pageLoaded(ticket, page))
    case .changesLoaded(let ticket, let changes): return picturesPane.changed(ticket, changes)
    case .picturesFailed(let message): picturesPane.failed(message)
    case .pictureArrived(let item): picturesPane.arrived(item)
    case .galleryChanged: return picturesPane.refresh()
    case .pictureTrashed(let id): return answer(picturesPane.trashed(id, keymap))
    case .pictureRestored(let id): return answer(picturesPane.restored(id))
    case .trashRefused(let id, let text): return answer(picturesPane.trashRefused(id, text))
    case .recalled(let id, let draft, let price):
      return answer(compose.recalled(id, draft, priceThen: price, keymap))
    case .previewLoaded(let key, let picture): preview.received(key, .picture(picture))
    case .previewFailed(let key, let message): preview.received(key, .failed(message: message))
    case .sendAccepted(let ticket, let id):
      return answer(compose.sent(ticket, as: id, at: clock))
    case .sendRefused(let ticket, let problems, let text):
      return answer(compose.sendRefused(ticket, problems, text))
    case .referenceInspected(let token, let facts):
      return answer(compose.inspected(token, facts, shown: message.notice, keymap))
    case .referenceRefused(let token, let text):
      return answer(compose.references.refused(token, text, keymap))
    case .editorReturned(let text): compose.editorReturned(text)
    case .draftRestored(let draft): return answer(compose.restore(draft, keymap))
    case .otherDraftFound(let words):
      return answer(compose.otherDraftFound(words, keymap))
    case .draftTaken(let draft): return answer(compose.take(draft, keymap))
    case .noticed(let notice): message.show(notice)
    }
    return []
  }

  /// Brings what depends on the size in line with it.
  private mutating func fit() {
    let layout = layout
    // All of them are measured before one is changed.
    let rows = messageRows(layout)
    for pane in layout.panes.shown.map(\.pane) {
      let size = layout.content(of: pane, under: rows).size
      change(pane) { $0.fit(size) }
    }
    for id in layers.ids {
      guard let size = layers[id].map({ area(of: $0).size }) else { continue }
      layers.change(id) { $0.fit(size) }
    }
  }

  private mutating func ticked(_ now: Double) -> [AppEffect] {
    self.now = max(self.now, now)
    clock = max(clock, now)
    message.secondPassed()
    if case .connecting = service { service = .connecting(isLate: true) }
    guard compose.isDirty else { return [] }
    compose.isDirty = false
    return [.saveDraft(compose.draft)]
  }

  /// Puts in how a path goes on, where nothing else was typed meanwhile.
  private mutating func pathCompleted(_ typed: String, _ paths: [String]) {
    guard let line = front.line, line.openPath == typed else { return }
    let isID = line.names == .reference && !typed.isEmpty && !typed.contains("/")
    let ids = isID ? picturesPane.pictures.map(\.id).filter { $0.hasPrefix(typed) } : []
    let (text, notice) = line.completed(typed, among: paths + ids)
    if let text { edit { $0 = text } }
    if let notice { message.show(notice) }
  }
}
