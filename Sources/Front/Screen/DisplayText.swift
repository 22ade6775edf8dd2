/// Text made fit for a line of cells.
package enum DisplayText {
  /// The longest beginning of a text that fits, with an ellipsis where something was left out.
  ///
  /// Never wider than `columns`; a wide grapheme that would be cut is left out whole. Where not even
  /// the ellipsis fits, as much of the text as fits is given without it.
  package static func truncated(
    _ text: String, to columns: Int, ellipsis: String = "…"
  ) -> String {
    if text.utf8.count <= columns, TextWidth.isPlain(text) { return text }
    let reserved = TextWidth.columns(of: ellipsis)
    // Nothing that follows can hang on what is kept.
    if reserved <= columns, reserved > 0, TextWidth.isPlain(text.utf8, columns + 1) {
      return String(decoding: text.utf8.prefix(columns - reserved), as: UTF8.self) + ellipsis
    }
    var used = 0
    var fitting = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let width = TextWidth.columns(of: text[index])
      guard used + width <= columns else {
        guard reserved <= columns, reserved > 0 else { return String(text[..<index]) }
        return String(text[..<fitting]) + ellipsis
      }
      used += width
      index = text.index(after: index)
      if used <= columns - reserved { fitting = index }
    }
    return text
  }

  /// Text from outside with everything invisible made visible: control characters as their control
  /// pictures (`\u{1B}` as ␛), other characters without width by number (`<202E>`).
  ///
  /// What comes out holds no control, format or lone combining character, so it can neither steer a
  /// terminal nor reorder a line.
  /// - Parameter keepingLines: leaves `\n` as it is.
  package static func visible(_ text: String, keepingLines: Bool = false) -> String {
    // Most lines are of plain letters, and graphemes take long to look at.
    if TextWidth.isSimple(text) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text {
      if character == "\n" && keepingLines || TextWidth.columns(of: character) > 0 {
        if !hasTags(character) {
          result.append(character)
          continue
        }
        for scalar in character.unicodeScalars {
          if isTag(scalar) {
            result += picture(of: scalar)
          } else {
            result.unicodeScalars.append(scalar)
          }
        }
      } else {
        for scalar in character.unicodeScalars { result += picture(of: scalar) }
      }
    }
    return result
  }

  package static func visible(_ text: Substring) -> String { visible(String(text)) }

  /// Whether a text that nobody sees hangs on a character (Unicode Standard, 23.9); the flags of regions are spelled so.
  private static func hasTags(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    return scalars.count > 1 && scalars.first?.value != 0x1F3F4 && scalars.contains(where: isTag)
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    (0xE0000...0xE007F).contains(scalar.value)
  }

  private static func picture(of scalar: Unicode.Scalar) -> String {
    let value = scalar.value
    if value < 0x20, let picture = Unicode.Scalar(0x2400 + value) { return String(picture) }
    if value == 0x7F { return "\u{2421}" }
    return "<" + String(value, radix: 16, uppercase: true) + ">"
  }
}
