import Screen

/// Sentences wrapped into a rectangle.
enum TextBlock {
  /// - Returns: the rows used.
  @discardableResult
  static func draw(
    _ text: String, on canvas: inout Canvas, in rect: Rect, _ style: Style = Style(),
    isCentered: Bool = false
  ) -> Int {
    guard !rect.isEmpty else { return 0 }
    if text.utf8.count <= rect.columns, TextWidth.isPlain(text) {
      let start = isCentered ? (rect.columns - text.utf8.count) / 2 : 0
      canvas.write(text, row: rect.row, column: rect.column + start, style, clip: rect)
      return 1
    }
    let characters =
      TextWidth.isSimple(text)
      ? text.unicodeScalars.map(Character.init)
      : Array(DisplayText.visible(text, keepingLines: true))
    let wrap = TextWrap(characters, columns: rect.columns)
    let lines = wrap.lines.prefix(rect.rows)
    for (index, line) in lines.enumerated() {
      var words = characters[line.start..<line.end]
      while words.last == " " { words.removeLast() }
      let room = rect.columns - words.reduce(0) { $0 + TextWidth.columns(of: $1) }
      var column = rect.column + (isCentered ? max(0, room / 2) : 0)
      for character in words {
        column += canvas.put(character, row: rect.row + index, column: column, style, clip: rect)
      }
    }
    return lines.count
  }
}
