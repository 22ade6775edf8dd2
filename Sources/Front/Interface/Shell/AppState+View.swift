import Jobs
package import Screen

extension AppState {
  /// The screen at a size; any size down to zero works. Its cost does not depend on how many pictures
  /// there are.
  /// - Parameter drawn: What was drawn last: it changes how much there is to do, not what comes of it.
  package func view(size: Size, after drawn: DrawnFrame? = nil) -> Frame {
    guard size == self.size else {
      var other = self
      _ = other.reduce(.resized(size))
      return other.view(size: size)
    }
    let layout = layout
    let kept = drawn?.kept(by: self, layout)
    var canvas = kept?.canvas ?? Canvas(size: size)
    if kept?.header != true { header.draw(on: &canvas, layout) }
    if kept?.preview != true { drawPreview(on: &canvas, layout, isFramed: kept != nil) }
    var cursor: Position?
    for pane in Pane.allCases {
      if let kept, kept.panes.contains(pane) {
        if pane == focus { cursor = drawn?.frame.cursor }
        continue
      }
      let place = draw(
        pane, on: &canvas, layout, isFramed: kept?.frames.contains(pane) == true)
      if pane == focus { cursor = place }
    }
    if let place = drawLayers(.panes, on: &canvas) { cursor = place }
    let isTold = message.draw(
      on: &canvas, in: layout.message, room: layout.messageRoom, standing: standingNotice)
    if kept?.hints != true, !isTold || !layout.isSingle {
      HintLine(for: hintFacts, columns: layout.hints.columns, keymap)
        .draw(on: &canvas, in: layout.hints)
    }
    if let place = drawLayers(.screen, on: &canvas) { cursor = place }
    return Frame(canvas: canvas, cursor: cursor, title: title)
  }

  /// Rows of the message line: a long one covers what is above it.
  func messageRows(_ layout: Layout) -> Int {
    message.rows(in: layout.message, room: layout.messageRoom, standing: standingNotice)
  }

  /// A layer's part of the screen.
  func area(of layer: any LayerState) -> Rect {
    let layout = layout
    return layout.area(of: layer, under: messageRows(layout))
  }

  private var header: Header {
    Header(
      compose: compose, edited: editedJob, queue: picturesPane.queue, budget: budget,
      service: service,
      focus: focus, keymap: keymap)
  }

  var hintFacts: HintLine.Facts {
    var facts = HintLine.Facts(
      contexts: contexts, jobs: picturesPane.activeCount,
      sends: compose.editing.map { $0.isPossible ? "change the job" : "send as a new job" },
      hidden: front.hiddenHints)
    for context in facts.contexts {
      for row in keymap.hints(in: context) where row.hint != nil {
        if let availability = row.availability, availability(self) != .yes {
          facts.hidden.append(row.id)
        }
      }
    }
    return facts
  }

  private var title: String {
    let count = picturesPane.activeCount
    return count == 0 ? "Darkroom" : "Darkroom: \(Wording.counted(count, "job", "jobs"))"
  }

  /// What the message line says where nothing has just happened.
  var standingNotice: Notice? {
    let view = self[focus]
    if let refusal = view.line?.message { return Notice(.error, refusal) }
    if let notice = view.notice(keymap) { return notice }
    if case .lost(let text) = service { return Notice(.warning, text) }
    return picturesPane.queue.trouble.map { Notice(.warning, "Nothing is sent: \($0)") }
  }

  private func drawPreview(on canvas: inout Canvas, _ layout: Layout, isFramed: Bool) {
    guard let rect = layout.preview else { return }
    if !layout.isSingle, !isFramed {
      Box.draw(on: &canvas, rect, title: "Preview", isFocused: false)
    }
    let area = layout.previewContent
    if let job = picturesPane.shownJob {
      Preview.draw(job, on: &canvas, in: area, facts(isFocused: false), picturesPane: picturesPane)
    } else if let item = picturesPane.shownPicture {
      preview.draw(item, on: &canvas, in: area, key: previewKey, place: place(of: item))
    }
  }

  /// - Returns: where the terminal's cursor goes; nil where none of them is drawn.
  private func drawLayers(_ reach: LayerReach, on canvas: inout Canvas) -> Position?? {
    var cursor: Position??
    for layer in layers.layers where layer.reach == reach {
      cursor = .some(layer.draw(on: &canvas, in: area(of: layer), facts()))
    }
    return cursor
  }

  /// - Parameter isFramed: whether what is around it is there already.
  /// - Returns: the caret or the selected row of what is seen in the pane.
  private func draw(
    _ pane: Pane, on canvas: inout Canvas, _ layout: Layout, isFramed: Bool
  ) -> Position? {
    guard let rect = layout.panes[pane] else { return nil }
    let view = view(in: pane)
    let isFocused = pane == focus
    if !layout.isSingle, !isFramed {
      Box.draw(
        on: &canvas, rect, title: view.title ?? pane.title, note: view.note,
        isFocused: isFocused)
    }
    let area = layout.content(of: pane)
    guard !area.isEmpty else { return nil }
    let cursor = view.draw(on: &canvas, in: area, facts(isFocused: isFocused))
    guard !isFramed, let rows = view.scrolled else { return cursor }
    // On the frame, or where there is none over the last column.
    rows.window.drawEdges(
      on: &canvas, in: area, column: area.column + area.columns - (layout.isSingle ? 1 : 0),
      count: rows.count, Style(isFocused ? .focusedTitle : .title), goesOn: rows.goesOn)
    return cursor
  }
}
