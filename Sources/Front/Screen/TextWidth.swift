/// Columns that text takes on a terminal, from a table of our own: the locale has no say.
package enum TextWidth {
  /// 0, 1 or 2 columns. Control characters and lone combining marks have none.
  package static func columns(of character: Character) -> Int {
    if let byte = character.asciiValue { return byte >= 0x20 && byte != 0x7F ? 1 : 0 }
    return character.unicodeScalars.contains { $0.value >= 0x2E80 } ? 2 : 1
  }

  /// The columns of all its graphemes.
  package static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }
}
