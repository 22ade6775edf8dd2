import Jobs
import Screen

extension PicturesPane: ViewState {
  var contexts: [KeyContext] { line != nil ? .typing : rowContexts + [.history] + .browsing }

  /// What more can be done with the selected row.
  private var rowContexts: [KeyContext] {
    if let item = shownPicture {
      return item.isPart || !item.layers.isEmpty ? [.layerSet] : []
    }
    guard let job = shownJob else { return [] }
    if job.state.isUnresolved { return [.unknownJob] }
    return job.state.phase == .queued && isCurrent ? [.queuedJob] : []
  }

  /// What is only for jobs that wait says so of any other row.
  var idleContexts: [KeyContext] { line == nil ? [.queuedJob] : [] }

  var hiddenHints: [ActionID] { [shownPicture?.isPart == true ? .openLayers : .closeLayers] }

  var scrolled: Scrolled? { Scrolled(window: window, count: rowCount, goesOn: goesOn) }

  func notice(_ keymap: Keymap) -> Notice? {
    goneNote(keymap).map { Notice(.warning, $0) }
  }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  mutating func enter() { isHeld = true }

  mutating func leave() -> Bool {
    release()
    return true
  }

  mutating func accept(_ facts: ViewFacts) -> [ViewRequest] {
    guard let text = line?.editor.text.trimmed else { return [] }
    let goal = ListGoal(typed: text, on: facts.wall.today)
    guard inputAim == .search || text.isEmpty || goal != nil else {
      line?.message =
        "Type the number of a row, 1234, or a day: 2026-11-03, 11-03, 2026-11."
      return []
    }
    line = nil
    let effects = inputAim == .search ? load(text) : goal.map { go(to: $0) } ?? []
    return effects.map(ViewRequest.effect)
  }

  mutating func back() -> [AppEffect]? {
    if line != nil {
      line = nil
      return []
    }
    return query.isEmpty ? nil : load()
  }

  mutating func press(at place: Position, selecting: Bool) -> [ViewRequest] {
    if let row = window.row(atLine: place.row, count: rowCount) { choose(row: row) }
    return []
  }

  /// The selection goes along, so that what a key acts on stays on the screen.
  mutating func scroll(by lines: Int) -> [AppEffect] {
    list.dropGoal()
    later = []
    window.scroll(by: lines, count: rowCount)
    if let presentRow { select(row: window.nearest(to: presentRow, count: rowCount)) }
    return []
  }
}
