import Screen

extension History: PaneState {
  var contexts: [KeyContext] { input != nil ? .typing : rowContexts + [.history] + .browsing }

  /// What more can be done with the selected row.
  private var rowContexts: [KeyContext] {
    if let item = shownPicture {
      return item.isPart || !item.layers.isEmpty ? [.layerSet] : []
    }
    guard let job = shownJob else { return [] }
    if job.isUnresolved { return [.unknownJob] }
    return job.state == .queued && isCurrent ? [.queuedJob] : []
  }

  /// What is only for jobs that wait says so of any other row.
  var idleContexts: [KeyContext] { input == nil ? [.queuedJob] : [] }

  var hiddenHints: Set<Command> {
    guard let job = shownJob else {
      let isPart = shownPicture?.isPart == true
      return [.cancelJob, .retryJob, isPart ? .openSet : .closeSet]
    }
    return [.useAsReference, .trashPicture, job.isActive ? .retryJob : .cancelJob]
  }

  var line: LineInput? {
    get { input }
    set { input = newValue }
  }

  var scrolled: Scrolled { Scrolled(window: window, count: rowCount, goesOn: goesOn) }

  func notice(_ keymap: Keymap) -> Notice? { goneNote(keymap).map { Notice(.warning, $0) } }

  mutating func fit(_ size: Size) { fit(rows: size.rows) }

  mutating func enter() { isHeld = true }

  mutating func leave() -> Bool {
    letGo()
    return true
  }

  mutating func accept() -> [AppEffect] {
    let query = input?.editor.text.trimmed ?? ""
    input = nil
    return load(query)
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
