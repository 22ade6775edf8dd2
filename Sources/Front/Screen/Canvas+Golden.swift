extension Canvas {
  /// The canvas as readable text: all rows of text, a line `---`, all rows of style letters.
  ///
  /// Every row is cut behind its last character that is not a blank in the text, and is complete in
  /// the styles. Under the right half of a wide grapheme the style row repeats its letter; in the
  /// text row a wide grapheme simply stands for both of its cells, so that the columns line up on a
  /// terminal. A cell with colours of its own counts as `#`.
  package var golden: String {
    let rows = (0..<size.rows).map { text(ofRow: $0) }
    let styles = (0..<size.rows).map { styleLetters(ofRow: $0) }
    return (rows + ["---"] + styles).joined(separator: "\n") + "\n"
  }

  /// The text of one row without trailing blanks; empty outside the grid.
  package func text(ofRow row: Int) -> String {
    var text = ""
    for column in 0..<size.columns {
      if let character = self[row, column].character { text.append(character) }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  private func styleLetters(ofRow row: Int) -> String {
    String(
      (0..<size.columns).map { column in
        let style = self[row, column].style
        let hasOwnColors = style.foreground != nil || style.background != nil
        return (hasOwnColors ? Role.picture : style.role).letter
      })
  }
}
