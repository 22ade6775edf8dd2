package import Screen

/// A frame that is on the screen, and the state it shows: the next one takes over what has not changed since. Most keys
/// change one part of the screen.
package struct DrawnFrame: Sendable {
  package let frame: Frame
  private let state: AppState
  private let hintFacts: HintLine.Facts

  package init(_ frame: Frame, of state: AppState) {
    self.frame = frame
    self.state = state
    hintFacts = state.hintFacts
  }

  /// What of it is as the next state has it.
  struct Kept {
    /// Blank but for that.
    var canvas: Canvas
    var panes: [Pane] = []
    /// Panes of which only what is around them is.
    var frames: [Pane] = []
    var preview = false
    var header = false
    var hints = false
  }

  /// Nil where a state has to be drawn from the beginning: what stands in front of the panes, and a long message, is
  /// drawn over them, and times go on in all of them.
  func kept(by next: AppState, _ layout: Layout) -> Kept? {
    guard next.size == state.size, next.focus == state.focus, next.now == state.now,
      next.wall == state.wall, next.keymap == state.keymap,
      next.compose.parameters.fields.count == state.compose.parameters.fields.count,
      next.layers.top == nil, state.layers.top == nil,
      next.messageRows(layout) <= 1, state.messageRows(layout) <= 1,
      // Their table would grow with each frame.
      !frame.canvas.hasLongGraphemes
    else { return nil }
    var kept = Kept(canvas: frame.canvas)
    kept.panes = Pane.allCases.filter { next.isSame($0, as: state) }
    kept.preview = kept.panes.contains(.history) && next.preview == state.preview
    kept.header = next.hasHeader(of: state)
    kept.hints = !layout.isSingle && next.hintFacts == hintFacts
    var gone = [layout.message]
    if !kept.header { gone.append(layout.header) }
    if !kept.hints { gone.append(layout.hints) }
    for (pane, rect) in layout.panes.shown where !kept.panes.contains(pane) {
      let isFramed = !layout.isSingle && next.hasFrame(of: state, around: pane)
      if isFramed { kept.frames.append(pane) }
      gone.append(isFramed ? layout.content(of: pane) : rect)
    }
    if !kept.preview { gone.append(layout.previewContent) }
    for rect in gone { kept.canvas.fill(rect) }
    return kept
  }
}

extension AppState {
  /// Whether what is around a pane is the same; nothing stands in front of either.
  fileprivate func hasFrame(of other: AppState, around pane: Pane) -> Bool {
    let (one, two) = (self[pane], other[pane])
    return one.title == two.title && one.note == two.note && one.scrolled == two.scrolled
  }

  /// Whether the first line is the same, on the same layout.
  fileprivate func hasHeader(of other: AppState) -> Bool {
    compose.editing == nil && other.compose.editing == nil
      && compose.draftNote == other.compose.draftNote && service == other.service
      && picturesPane.queue == other.picturesPane.queue && budget == other.budget
      && isSame(.parameters, as: other) && isSame(.references, as: other)
  }
}
