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
      if focus == .prompt, pane == .prompt { point(event, selecting: true) }
      return []
    case .release: return []
    case .wheelUp, .wheelDown: return scroll(pane, by: event.scrolledLines)
    }
  }

  private mutating func clicked(_ pane: Pane, _ event: MouseEvent) -> [AppEffect] {
    message.keyPressed()
    moveFocus(to: pane)
    let area = layout.content(of: pane)
    guard focus == pane, area.contains(event.position) else { return [] }
    let line = event.position.row - area.row
    switch pane {
    case .prompt: point(event, selecting: event.modifiers.contains(.shift))
    case .parameters:
      if let choices = parameters.choices {
        guard let row = choices.window.row(atLine: line, count: choices.items.count) else { break }
        parameters.choices?.select(row)
        parameters.acceptChoice()
      } else if let row = parameters.window.row(atLine: line, count: parameters.fields.count),
        parameters.input == nil
      {
        parameters.select(row: row)
      }
    case .references:
      guard let row = references.window.row(atLine: line, count: references.items.count) else {
        break
      }
      references.select(row)
    case .history:
      guard let row = history.window.row(atLine: line, count: history.rowCount) else { break }
      history.choose(row: row)
    }
    return []
  }

  private mutating func scroll(_ pane: Pane, by lines: Int) -> [AppEffect] {
    switch pane {
    case .prompt: prompt.scroll(by: lines)
    case .parameters:
      if parameters.choices != nil {
        parameters.choices?.scroll(by: lines)
      } else {
        parameters.scroll(by: lines)
      }
    case .references: references.scroll(by: lines)
    case .history: history.scroll(by: lines)
    }
    return []
  }

  private mutating func point(_ event: MouseEvent, selecting: Bool) {
    let area = layout.content(of: .prompt)
    prompt.point(
      row: event.position.row - area.row, column: event.position.column - area.column,
      selecting: selecting)
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
