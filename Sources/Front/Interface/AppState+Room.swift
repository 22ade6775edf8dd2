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

  /// Where the question about an unknown outcome is.
  var dialogBox: Rect {
    DecisionDialog.box(
      on: size, above: messageRows > 0 ? layout.message.row - messageRows + 1 : nil)
  }

  /// Whether there is a cell to show what keys act on.
  var hasRoom: Bool {
    if help != nil { return true }
    if decision != nil { return !dialogBox.inset().isEmpty }
    return !shownArea(of: focus, layout).isEmpty
  }

  mutating func sayThereIsNoRoom() {
    message.show(Notice(.warning, "Nothing was done: the window has no room to show to what."))
  }
}

extension Command {
  /// Whether it changes or uses something that should be seen when it does.
  var actsOnWhatIsShown: Bool {
    switch self {
    case .step, .nextPane, .previousPane, .focus, .help, .back, .quit, .interrupt, .suspend,
      .redraw,
      .choose(.later):
      false
    default: true
    }
  }
}
