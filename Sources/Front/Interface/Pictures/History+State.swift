import Jobs
import Screen

extension History: PaneState {
  var contexts: [KeyContext] { input != nil ? .typing : rowContexts + [.history] + .browsing }

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
  var idleContexts: [KeyContext] { input == nil ? [.queuedJob] : [] }

  var hiddenHints: Set<Command> {
    guard let job = shownJob else {
      let isPart = shownPicture?.isPart == true
      return [.cancelJob, .retryJob, isPart ? .openSet : .closeSet]
    }
    return [.useAsReference, .trashPicture, job.state.isFinal ? .cancelJob : .retryJob]
  }

  var line: LineInput? {
    get { input }
    set { input = newValue }
  }

  var scrolled: Scrolled { Scrolled(window: window, count: rowCount, goesOn: goesOn) }

  func notice(_ keymap: Keymap) -> Notice? {
    input?.message.map { Notice(.error, $0) } ?? goneNote(keymap).map { Notice(.warning, $0) }
  }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  mutating func enter() { isHeld = true }

  mutating func leave() -> Bool {
    letGo()
    return true
  }

  mutating func accept(on today: LocalTime) -> [AppEffect] {
    guard let text = input?.editor.text.trimmed else { return [] }
    let goal = ListGoal(typed: text, on: today)
    guard inputAim == .search || text.isEmpty || goal != nil else {
      input?.message =
        "Type the number of a row, 1234, or a day: 2026-11-03, 11-03, 2026-11."
      return []
    }
    input = nil
    if inputAim == .search { return load(text) }
    return goal.map { go(to: $0) } ?? []
  }

  mutating func back() -> [AppEffect]? {
    if input != nil {
      input = nil
      return []
    }
    return query.isEmpty ? nil : load()
  }

  mutating func press(at place: Position, selecting: Bool) -> [AppEffect] {
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
