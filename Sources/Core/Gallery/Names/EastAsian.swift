extension Unicode.Scalar {
  /// Whether it belongs to a script written without spaces between words: Han, kana, Hangul, bopomofo
  /// (blocks of The Unicode Standard, chapter 18). All of them are two columns wide.
  var isEastAsian: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x303C,
      0x3041...0x318F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x1B000...0x1B16F, 0x20000...0x323AF:
      true
    default: false
    }
  }

  /// A letter, a digit, or a mark on one.
  var isWordPart: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }
}
