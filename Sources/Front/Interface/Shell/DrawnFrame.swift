package import Screen

/// A frame that is on the screen, and the state it shows: the next one takes over what has not changed since. Most keys
/// change one part of the screen.
package struct DrawnFrame: Sendable {
  package let frame: Frame
  private let state: AppState

  package init(_ frame: Frame, of state: AppState) {
    self.frame = frame
    self.state = state
  }

  /// What of it is as the next state has it.
  struct Kept {
    /// Blank but for that.
    var canvas: Canvas
    var panes: [Pane] = []
    var preview = false
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
    var gone = [layout.header, layout.message, layout.hints]
    gone += layout.panes.shown.filter { !kept.panes.contains($0.pane) }.map(\.rect)
    if !kept.preview, let preview = layout.preview { gone.append(preview) }
    for rect in gone { kept.canvas.fill(rect) }
    return kept
  }
}
