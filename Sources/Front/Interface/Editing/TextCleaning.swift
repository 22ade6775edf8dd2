import Screen

/// Makes text from outside fit to be edited and drawn: no control characters, line ends as `\n`.
enum TextCleaning {
  /// - Parameter isSingleLine: whether line ends become spaces.
  static func graphemes(of text: String, isSingleLine: Bool) -> [Character] {
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\n" where previous == "\r": continue
      case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
        scalars.append(isSingleLine ? " " : "\n")
      case "\t": scalars.append(" ")
      default:
        if !isUnwanted(scalar) { scalars.append(scalar) }
      }
    }
    return Array(String(scalars))
  }

  /// Joins neighbours that form one grapheme and leaves out what has no width of its own.
  static func regrouped(_ characters: [Character]) -> [Character] {
    guard !characters.allSatisfy(\.isASCII) else { return characters }
    return String(characters).filter { $0 == "\n" || TextWidth.columns(of: $0) > 0 }
      .map { $0 }
  }

  /// Controls, and the invisible marks that reorder what a terminal shows (Unicode TR36, 3.1).
  private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x200B, 0x2060, 0xFEFF, 0xAD: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
