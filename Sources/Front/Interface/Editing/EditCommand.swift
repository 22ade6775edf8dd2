/// Where the caret can go.
enum Motion: Equatable, Hashable, Sendable {
  case left, right, up, down
  case wordLeft, wordRight
  case lineStart, lineEnd
  case textStart, textEnd
  /// A screenful, as many lines as the pane shows.
  case pageUp, pageDown
}

/// What keys do to a text, besides typing.
enum EditCommand: Equatable, Hashable, Sendable {
  case move(Motion)
  /// Moves the caret and takes what lies between into the selection.
  case select(Motion)
  case newline
  case deleteBackward, deleteForward
  /// Up to the nearest space, as in a shell.
  case killWordBackward
  case killPartBackward, killPartForward
  case killToLineStart, killToLineEnd
  case yank
  case copy
  case undo, redo
}
