import Screen

/// Graphemes that ncurses and the terminal may give another width than we do: flags, joined emoji,
/// characters newer than the C library.
///
/// ncurses gets no-break spaces in their place, and they are drawn over those afterwards, one by one,
/// each followed by an absolute cursor move, so that no disagreement shifts what stands beside them.
enum RiskyGrapheme {
  static func isRisky(_ character: Character) -> Bool {
    if character.utf8.count == 1 { return false }
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.count <= 5 else { return true }
    return CursesScreen.localWidth(first) != TextWidth.columns(of: character)
      || scalars.dropFirst().contains { CursesScreen.localWidth($0) != 0 }
  }

  /// The same of a code point that is a grapheme by itself.
  static func isRisky(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 && CursesScreen.localWidth(scalar) != TextWidth.columns(of: scalar)
  }

  /// The most columns a terminal might move on by, if it draws the code points side by side.
  static func greatestSpread(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { sum, scalar in
      let isIndicator = (0x1F1E6...0x1F1FF).contains(scalar.value)
      return sum + (isIndicator ? 2 : TextWidth.columns(of: scalar))
    }
  }
}
