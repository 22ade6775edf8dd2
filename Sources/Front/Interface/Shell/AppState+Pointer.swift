import Screen

extension AppState {
  /// A click focuses and selects, a drag selects text, the wheel scrolls what is under the pointer.
  mutating func pointed(_ event: MouseEvent) -> [AppEffect] {
    if let layer = layers.top, layer.pane == nil {
      let place = event.position.within(area(of: layer))
      switch event.kind {
      case .press: return changeFront { $0.press(at: place, selecting: false) }
      case .wheelUp, .wheelDown:
        return changeFront { $0.scroll(by: event.scrolledLines).map(ViewRequest.effect) }
      case .drag, .release: return []
      }
    }
    guard let pane = layout.pane(at: event.position) else { return [] }
    switch event.kind {
    case .press: return clicked(pane, event)
    case .drag:
      guard pane == focus else { return [] }
      let place = event.position.within(layout.content(of: pane))
      return changeView(in: pane) {
        $0.drag(to: place)
        return []
      }
    case .release: return []
    case .wheelUp, .wheelDown:
      return changeView(in: pane) { $0.scroll(by: event.scrolledLines).map(ViewRequest.effect) }
    }
  }

  private mutating func clicked(_ pane: Pane, _ event: MouseEvent) -> [AppEffect] {
    message.keyPressed()
    moveFocus(to: pane)
    let area = layout.content(of: pane)
    guard focus == pane, area.contains(event.position) else { return [] }
    let (place, selecting) = (
      event.position.within(area), event.modifiers.contains(.shift)
    )
    return changeView(in: pane) { $0.press(at: place, selecting: selecting) }
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
  fileprivate var scrolledLines: Int {
    switch kind {
    case .wheelUp: -3
    case .wheelDown: 3
    case .press, .release, .drag: 0
    }
  }
}
