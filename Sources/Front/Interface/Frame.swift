package import Screen

/// One screen, ready to be painted.
package struct Frame: Equatable, Sendable {
  package var canvas: Canvas
  /// Where the terminal's own cursor stands: at the caret, or on the focused item. Nil hides it.
  package var cursor: Position?
  /// The window's title.
  package var title: String

  package init(canvas: Canvas, cursor: Position?, title: String) {
    self.canvas = canvas
    self.cursor = cursor
    self.title = title
  }
}
