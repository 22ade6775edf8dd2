/// Columns that text takes on a terminal, from a table of our own: the locale has no say.
///
/// East Asian ambiguous characters count one column, as UAX #11 advises outside legacy contexts.
package enum TextWidth {
  /// 0, 1 or 2 columns. Control and format characters and lone combining marks have none.
  ///
  /// A grapheme is as wide as its widest part, so that a joined emoji sequence, a Hangul syllable
  /// spelled in jamo and a letter under accents take the cells of their base. Two regional
  /// indicators (a flag) and an emoji followed by variation selector 16 take two (UTS #51).
  package static func columns(of character: Character) -> Int {
    var scalars = character.unicodeScalars.makeIterator()
    guard let first = scalars.next() else { return 0 }
    if scalars.next() == nil { return columns(of: first) }
    var widest = 0
    var indicators = 0
    var base: Unicode.Scalar?
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F, let base, base.properties.isEmoji { return 2 }
      if (0x1F1E6...0x1F1FF).contains(scalar.value) { indicators += 1 }
      widest = max(widest, columns(of: scalar))
      if widest == 2 || indicators == 2 { return 2 }
      base = base ?? scalar
    }
    return widest
  }

  /// The columns of all its graphemes.
  package static func columns(of text: String) -> Int {
    if isPlain(text) { return text.utf8.count }
    if isSimple(text) { return text.unicodeScalars.reduce(0) { $0 + columns(of: $1) } }
    return text.reduce(0) { $0 + columns(of: $1) }
  }

  /// The columns of all its graphemes.
  package static func columns(of text: Substring) -> Int {
    isPlain(text) ? text.utf8.count : text.reduce(0) { $0 + columns(of: $1) }
  }

  /// Whether a text is printable ASCII alone, a column a byte: most are.
  package static func isPlain(_ text: String) -> Bool {
    let bytes = text.utf8.span
    return plainCount(bytes) == bytes.count
  }

  /// How many bytes at the beginning are printable ASCII.
  static func plainCount(_ bytes: Span<UInt8>) -> Int {
    var count = 0
    while count < bytes.count, isPrintable(bytes[count]) { count += 1 }
    return count
  }

  /// The same of so many bytes, which may end within a code point.
  package static func isPlain(_ bytes: String.UTF8View, _ count: Int) -> Bool {
    bytes.prefix(count).allSatisfy(isPrintable)
  }

  static func isPlain(_ text: Substring) -> Bool { text.utf8.allSatisfy(isPrintable) }

  /// Whether each code point of a text is a grapheme by itself and has columns: letters of English, Chinese and Korean,
  /// arrows and lines. None of them joins another of them (UAX #29), so that nobody need look for graphemes.
  package static func isSimple(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      (0x20..<0x7F).contains(scalar.value) || common(scalar.value) != nil
    }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

  /// The columns of one code point on its own: 0, 1 or 2.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return isControl(scalar) ? 0 : 1 }
    if let known = common(scalar.value) { return known }
    if hasNoWidth(scalar) { return 0 }
    return WideRanges.contains(scalar.value) ? 2 : 1
  }

  /// What most text and every frame consists of, without a look into the tables of Unicode.
  private static func common(_ value: UInt32) -> Int? {
    switch value {
    case 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x2319, 0x2500...0x25FC: 1
    case 0x3400...0x9FFF, 0xAC00...0xD7A3: 2
    default: nil
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func hasNoWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1160...0x11FF, 0xD7B0...0xD7FF:
      return true  // Hangul vowels and finals: drawn into the cells of the initial before them.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD:
      return false  // Format characters with a glyph (Prepended_Concatenation_Mark).
    default:
      break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}
