import Screen

// What a key acts on is on the screen.

extension AppState {
  /// Rows of the message line: a long one covers what is above it.
  var messageRows: Int {
    let layout = layout
    return message.rows(
      in: layout.message, room: layout.messageRoom, standing: standingNotice)
  }

  /// The part of a pane's contents that no long message covers.
  func shownArea(of pane: Pane, _ layout: Layout) -> Rect {
    let content = layout.content(of: pane)
    let end = layout.message.row - max(0, messageRows - 1)
    return content.splitTop(end - content.row).top
  }

  /// Whether there is a cell to show what keys act on.
  var hasRoom: Bool {
    if let layer = layers.top { return layer.hasRoom(in: area(of: layer)) }
    return !shownArea(of: focus, layout).isEmpty
  }

  mutating func sayThereIsNoRoom() {
    message.show(Notice(.warning, "Nothing was done: the window has no room to show to what."))
  }
}
