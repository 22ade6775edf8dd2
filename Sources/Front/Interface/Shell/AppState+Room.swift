import Screen

// What a key acts on is on the screen.

extension AppState {
  /// Rows of the message line: a long one covers what is above it.
  func messageRows(_ layout: Layout) -> Int {
    message.rows(in: layout.message, room: layout.messageRoom, standing: standingNotice)
  }

  /// The part of a pane's contents that no long message covers.
  ///
  /// - Parameter messageRows: as above.
  func shownArea(of pane: Pane, _ layout: Layout, under messageRows: Int) -> Rect {
    let content = layout.content(of: pane)
    let end = layout.message.row - max(0, messageRows - 1)
    return content.splitTop(end - content.row).top
  }

  /// A layer's part of the screen.
  func area(of layer: any LayerState) -> Rect {
    let layout = layout
    let rows = messageRows(layout)
    if let pane = layer.pane { return shownArea(of: pane, layout, under: rows) }
    return layer.area(on: size, above: rows > 0 ? layout.message.row - rows + 1 : nil)
  }

  /// Whether there is a cell to show what keys act on.
  var hasRoom: Bool {
    if let layer = layers.top { return layer.hasRoom(in: area(of: layer)) }
    let layout = layout
    return !shownArea(of: focus, layout, under: messageRows(layout)).isEmpty
  }

  /// Brings what depends on the size in line with it.
  mutating func fit() {
    let layout = layout
    // All of them are measured before one is changed.
    let rows = messageRows(layout)
    for pane in layout.panes.keys {
      let size = shownArea(of: pane, layout, under: rows).size
      change(pane) { $0.fit(size) }
    }
    for id in layers.ids {
      guard let size = layers[id].map({ area(of: $0).size }) else { continue }
      layers.change(id) { $0.fit(size) }
    }
  }

  mutating func sayThereIsNoRoom() {
    message.show(Notice(.warning, "Nothing was done: the window has no room to show to what."))
  }
}
