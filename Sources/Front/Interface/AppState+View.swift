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
        hidden: hiddenHints, keymap
      ).draw(on: &canvas, in: layout.hints)
    }
    if let place = drawLayers(overMessages: true, on: &canvas) { cursor = place }
    return Frame(canvas: canvas, cursor: cursor, title: title)
  }

  /// What the selected row of the list is not for.
  private var hiddenHints: Set<Command> {
    guard focus == .history else { return [] }
    guard let job = history.shownJob else {
      let isPart = history.shownPicture?.isPart == true
      return [.cancelJob, .retryJob, isPart ? .openSet : .closeSet]
    }
    return [.useAsReference, .trashPicture, job.isActive ? .retryJob : .cancelJob]
  }

  private var title: String {
    let count = history.activeCount
    return count == 0 ? "Darkroom" : "Darkroom: \(Wording.counted(count, "job", "jobs"))"
  }

  /// What the message line says where nothing has just happened.
  var standingNotice: Notice? {
    if focus == .parameters, let notice = parameters.selectedNotice { return notice }
    if focus == .references, let notice = references.selectedNotice { return notice }
    if focus == .history, let text = history.goneNote(keymap) { return Notice(.warning, text) }
    if case .lost(let text) = service { return Notice(.warning, text) }
    return history.queue.trouble.map { Notice(.warning, "Nothing is sent: \($0)") }
  }

  private func drawPreview(on canvas: inout Canvas, _ layout: Layout) {
    guard let rect = layout.preview else { return }
    if !layout.isSingle { Box.draw(on: &canvas, rect, title: "Preview", isFocused: false) }
    let area = layout.previewContent
    if let job = history.shownJob {
      Preview.draw(job, on: &canvas, in: area, now: now, history: history, keymap)
    } else if let item = history.shownPicture {
      preview.draw(item, on: &canvas, in: area, key: previewKey, home: home)
    }
  }

  /// - Returns: the caret or the selected row of the pane.
  private func draw(_ pane: Pane, on canvas: inout Canvas, _ layout: Layout) -> Position? {
    guard let rect = layout.panes[pane] else { return nil }
    let isFocused = pane == focus
    if !layout.isSingle {
      Box.draw(
        on: &canvas, rect, title: title(of: pane), note: note(of: pane), isFocused: isFocused)
    }
    let area = layout.content(of: pane)
    guard !area.isEmpty else { return nil }
    defer { drawEdges(of: pane, on: &canvas, in: area, layout) }
    switch pane {
    case .prompt: return prompt.draw(on: &canvas, in: area)
    case .parameters: return parameters.draw(on: &canvas, in: area, isFocused: isFocused)
    case .references:
      return references.draw(on: &canvas, in: area, isFocused: isFocused, home: home, keymap)
    case .history:
      return history.draw(
        on: &canvas, in: area, isFocused: isFocused, now: now, today: today, keymap)
    }
  }

  /// On the frame, or where there is none over the last column.
  private func drawEdges(
    of pane: Pane, on canvas: inout Canvas, in area: Rect, _ layout: Layout
  ) {
    let (window, count) =
      switch pane {
      case .prompt: (prompt.window, prompt.editor.wrap.lines.count)
      case .parameters:
        parameters.choices.map { ($0.window, $0.items.count) }
          ?? (parameters.window, parameters.fields.count)
      case .references: (references.window, references.items.count)
      case .history: (history.window, history.rowCount)
      }
    window.drawEdges(
      on: &canvas, in: area, column: area.column + area.columns - (layout.isSingle ? 1 : 0),
      count: count, Style(pane == focus ? .focusedTitle : .title),
      goesOn: pane == .history ? history.goesOn : (false, false))
  }

  private func title(of pane: Pane) -> String {
    guard pane == .parameters, let field = parameters.choices?.field else { return pane.title }
    return field.label
  }

  private func note(of pane: Pane) -> String { pane == .history ? history.note : "" }
}
