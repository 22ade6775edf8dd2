import Screen

/// The pane the prompt is written in.
struct PromptPane: Equatable, Sendable {
  var editor = TextEditor()
  /// Lines of the screen, not of the text.
  private(set) var window = ListWindow()

  /// Takes in the room there is. One column stays free for the caret behind a full line.
  mutating func fit(_ size: Size) {
    editor.setColumns(size.columns - 1)
    editor.pageRows = max(1, size.rows)
    window.fit(rows: size.rows, count: editor.wrap.lines.count)
    revealCaret()
  }

  mutating func revealCaret() {
    window.reveal(editor.wrap.line(at: editor.caret))
  }

  /// The caret goes along, so that what is typed is typed where one looks.
  mutating func scrollText(by lines: Int) {
    window.scroll(by: lines, count: editor.wrap.lines.count)
    let line = editor.wrap.line(at: editor.caret)
    let nearest = window.nearest(to: line, count: editor.wrap.lines.count)
    guard nearest != line else { return }
    editor.moveCaret(
      line: nearest, column: editor.wrap.column(of: editor.caret, in: editor.characters),
      selecting: editor.anchor != nil)
  }

  /// Puts the caret under a pointer, counted from the top left corner of the text's area.
  mutating func point(row: Int, column: Int, selecting: Bool = false) {
    editor.moveCaret(line: window.top + row, column: column, selecting: selecting)
  }

  /// - Returns: where the caret is, unless it is scrolled out of sight.
  func draw(on canvas: inout Canvas, in rect: Rect) -> Position? {
    let lines = editor.wrap.lines
    let selection = editor.selection
    for index in window.top..<min(lines.count, window.top + rect.rows) where index >= 0 {
      var column = rect.column
      for offset in lines[index].start..<lines[index].end {
        let isSelected = selection?.contains(offset) ?? false
        column += canvas.put(
          editor.characters[offset], row: rect.row + index - window.top, column: column,
          Style(isSelected ? .selection : .text), clip: rect)
      }
    }
    let line = editor.wrap.line(at: editor.caret) - window.top
    guard line >= 0, line < rect.rows, rect.columns > 0 else { return nil }
    let column = editor.wrap.column(of: editor.caret, in: editor.characters)
    return Position(row: rect.row + line, column: rect.column + min(column, rect.columns - 1))
  }
}
