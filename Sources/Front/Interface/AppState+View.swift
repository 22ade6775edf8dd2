import Jobs
package import Screen

extension AppState {
  /// The screen at a size; any size down to zero works. Its cost does not depend on how many pictures
  /// there are.
  package func view(size: Size) -> Frame {
    guard size == self.size else {
      var other = self
      _ = other.reduce(.resized(size))
      return other.view(size: size)
    }
    var canvas = Canvas(size: size)
    let layout = layout
    drawHeader(on: &canvas, layout)
    drawPreview(on: &canvas, layout)
    var cursor: Position?
    for pane in Pane.allCases {
      let place = draw(pane, on: &canvas, layout)
      if pane == focus { cursor = place }
    }
    if let place = drawLayers(overMessages: false, on: &canvas) { cursor = place }
    let isTold = message.draw(
      on: &canvas, in: layout.message, room: layout.messageRoom, standing: standingNotice)
    if !isTold || !layout.isSingle {
      HintLine(
        for: contexts, columns: layout.hints.columns, jobs: history.activeCount,
        sends: editing.map { $0.isPossible ? "change the job" : "send as a new job" },
        hidden: focused.hiddenHints, keymap
      ).draw(on: &canvas, in: layout.hints)
    }
    if let place = drawLayers(overMessages: true, on: &canvas) { cursor = place }
    return Frame(canvas: canvas, cursor: cursor, title: title)
  }

  private var title: String {
    let count = history.activeCount
    return count == 0 ? "Darkroom" : "Darkroom: \(Wording.counted(count, "job", "jobs"))"
  }

  /// What the message line says where nothing has just happened.
  var standingNotice: Notice? {
    if let notice = focused.notice(keymap) { return notice }
    if case .lost(let text) = service { return Notice(.warning, text) }
    return history.queue.trouble.map { Notice(.warning, "Nothing is sent: \($0)") }
  }

  private func drawPreview(on canvas: inout Canvas, _ layout: Layout) {
    guard let rect = layout.preview else { return }
    if !layout.isSingle { Box.draw(on: &canvas, rect, title: "Preview", isFocused: false) }
    let area = layout.previewContent
    if let job = history.shownJob {
      Preview.draw(job, on: &canvas, in: area, facts(isFocused: false), history: history)
    } else if let item = history.shownPicture {
      preview.draw(item, on: &canvas, in: area, key: previewKey, place: place(of: item))
    }
  }

  /// - Returns: the caret or the selected row of the pane.
  private func draw(_ pane: Pane, on canvas: inout Canvas, _ layout: Layout) -> Position? {
    guard let rect = layout.panes[pane] else { return nil }
    let state = self[pane]
    let isFocused = pane == focus
    if !layout.isSingle {
      Box.draw(
        on: &canvas, rect, title: state.openTitle ?? pane.title, note: state.note,
        isFocused: isFocused)
    }
    let area = layout.content(of: pane)
    guard !area.isEmpty else { return nil }
    let cursor = state.draw(
      on: &canvas, in: area, facts(isFocused: isFocused))
    // On the frame, or where there is none over the last column.
    let rows = state.scrolled
    rows.window.drawEdges(
      on: &canvas, in: area, column: area.column + area.columns - (layout.isSingle ? 1 : 0),
      count: rows.count, Style(isFocused ? .focusedTitle : .title), goesOn: rows.goesOn)
    return cursor
  }

  private func facts(isFocused: Bool) -> PaneFacts {
    PaneFacts(isFocused: isFocused, keymap: keymap, home: home, now: time, wall: wall)
  }
}
