import Screen

extension AppState {
  /// A click focuses and selects, a drag selects text, the wheel scrolls what is under the pointer.
  mutating func pointed(_ event: MouseEvent) -> [AppEffect] {
    guard layers.top == nil else {
      pointInFront(event)
      return []
    }
    guard let pane = layout.pane(at: event.position) else { return [] }
    switch event.kind {
    case .press: return clicked(pane, event)
    case .drag:
      guard pane == focus else { return [] }
      let place = event.position.within(layout.content(of: pane))
      change(pane) { $0.drag(to: place) }
      return []
    case .release: return []
    case .wheelUp, .wheelDown: return change(pane) { $0.scroll(by: event.scrolledLines) }
    }
  }

  private mutating func clicked(_ pane: Pane, _ event: MouseEvent) -> [AppEffect] {
    message.keyPressed()
    moveFocus(to: pane)
    let area = layout.content(of: pane)
    guard focus == pane, area.contains(event.position) else { return [] }
    return change(pane) {
      $0.press(
        at: event.position.within(area), selecting: event.modifiers.contains(.shift))
    }
  }
}

extension Position {
  /// Counted from the top left corner of an area.
  fileprivate func within(_ area: Rect) -> Position {
    Position(row: row - area.row, column: column - area.column)
  }
}

extension MouseEvent {
  /// Lines that the wheel scrolls by: three a notch.
  var scrolledLines: Int {
    switch kind {
    case .wheelUp: -3
    case .wheelDown: 3
    case .press, .release, .drag: 0
    }
  }
}
