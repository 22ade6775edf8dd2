import Screen

// What a key acts on is on the screen.

extension AppState {
  /// Rows of the message line: a long one covers what is above it.
  func messageRows(_ layout: Layout) -> Int {
    message.rows(in: layout.message, room: layout.messageRoom, standing: standingNotice)
  }

  /// The part of some panes' contents that no long message covers.
  func shownAreas(of panes: some Sequence<Pane>, _ layout: Layout) -> [(Pane, Rect)] {
    let end = layout.message.row - max(0, messageRows(layout) - 1)
    return panes.map { pane in
      let content = layout.content(of: pane)
      return (pane, content.splitTop(end - content.row).top)
    }
  }

  /// Whether there is a cell to show what keys act on.
  var hasRoom: Bool {
    if let layer = layers.top { return layer.hasRoom(in: area(of: layer)) }
    return shownAreas(of: [focus], layout).contains { !$1.isEmpty }
  }

  mutating func sayThereIsNoRoom() {
    message.show(Notice(.warning, "Nothing was done: the window has no room to show to what."))
  }
}
