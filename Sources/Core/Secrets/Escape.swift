/// One escape in a text: of JSON and programs (`\u002d`, `\x2d`, `\055`, `\/`), of addresses (`%2D`, `%u002D`), of
/// HTML (`&#45;`, `&amp;`).
enum Escape {
  /// What it stands for, and where it ends.
  case bytes([UInt8], end: Int)
  /// The text ends before it is known.
  case unfinished
  /// The sign stands for itself.
  case none

  static let backslash = UInt8(ascii: "\\")
  static let percent = UInt8(ascii: "%")
  static let ampersand = UInt8(ascii: "&")

  /// - Parameter place: Of one of the three signs.
  init(at place: Int, in text: [UInt8]) {
    switch text[place] {
    case Self.backslash: self = Self.afterBackslash(place + 1, text)
    case Self.percent: self = Self.afterPercent(place + 1, text)
    default: self = Self.entity(place + 1, text)
    }
  }

  // MARK: Backslash

  /// Whether a byte behind a backslash means the byte.
  static func standsForItself(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == backslash || byte == UInt8(ascii: "\"")
  }

  private static func afterBackslash(_ place: Int, _ text: [UInt8]) -> Escape {
    guard place < text.count else { return .unfinished }
    let letter = text[place]
    let found: Escape =
      switch letter {
      case UInt8(ascii: "u"): unicode(place + 1, text)
      case UInt8(ascii: "U"): number(place + 1, text, digits: 8)
      case UInt8(ascii: "x"): number(place + 1, text, digits: 2, isByte: true)
      case UInt8(ascii: "n"): .bytes([0x0A], end: place + 1)
      case UInt8(ascii: "r"): .bytes([0x0D], end: place + 1)
      case UInt8(ascii: "t"): .bytes([0x09], end: place + 1)
      case UInt8(ascii: "0")...UInt8(ascii: "3"): octal(place, text)
      default: .none
      }
    if case .none = found { return .bytes([letter], end: place + 1) }
    return found
  }

  /// Three digits, as C and shells write bytes, or one zero more (echo(1)).
  private static func octal(_ place: Int, _ text: [UInt8]) -> Escape {
    var value: UInt32 = 0
    var end = place
    while end < place + 3 || end == place + 3 && value < 0o40 && text[place] == UInt8(ascii: "0") {
      guard end < text.count else { return .unfinished }
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(text[end]) else { break }
      value = value << 3 | UInt32(text[end] - UInt8(ascii: "0"))
      end += 1
    }
    return end < place + 3 ? .none : .bytes([UInt8(value)], end: end)
  }

  /// Two digits; JavaScript's `escape` writes four behind a letter.
  private static func afterPercent(_ place: Int, _ text: [UInt8]) -> Escape {
    guard place < text.count, text[place].lowercased == UInt8(ascii: "u") else {
      return number(place, text, digits: 2, isByte: true)
    }
    return number(place + 1, text, digits: 4)
  }

  private static func unicode(_ place: Int, _ text: [UInt8]) -> Escape {
    guard place < text.count else { return .unfinished }
    guard text[place] == UInt8(ascii: "{") else { return number(place, text, digits: 4) }
    return digits(place + 1, text, radix: 16, mark: UInt8(ascii: "}"), needsMark: true)
  }

  private static func number(
    _ place: Int, _ text: [UInt8], digits: Int, isByte: Bool = false
  ) -> Escape {
    var value: UInt32 = 0
    for index in place..<place + digits {
      guard index < text.count else { return .unfinished }
      guard let digit = text[index].hexadecimalValue else { return .none }
      value = value << 4 | digit
    }
    return .bytes(isByte ? [UInt8(value)] : utf8(value), end: place + digits)
  }

  // MARK: HTML

  private static func entity(_ place: Int, _ text: [UInt8]) -> Escape {
    guard place < text.count else { return .unfinished }
    guard text[place] == UInt8(ascii: "#") else { return named(place, text) }
    guard place + 1 < text.count else { return .unfinished }
    let isHexadecimal = text[place + 1].lowercased == UInt8(ascii: "x")
    return digits(
      place + (isHexadecimal ? 2 : 1), text, radix: isHexadecimal ? 16 : 10,
      mark: UInt8(ascii: ";"), needsMark: false)
  }

  /// Up to twenty digits, leading zeros among them; browsers take them without the mark.
  private static func digits(
    _ start: Int, _ text: [UInt8], radix: UInt32, mark: UInt8, needsMark: Bool
  ) -> Escape {
    var value: UInt32 = 0
    var place = start
    while true {
      guard place < text.count else { return .unfinished }
      guard let digit = text[place].hexadecimalValue, digit < radix else { break }
      value = min(value * radix + digit, 0x11_0000)
      place += 1
      if place - start > 20 { return .none }
    }
    let isMarked = text[place] == mark
    guard place > start, isMarked || !needsMark else { return .none }
    return .bytes(utf8(value), end: isMarked ? place + 1 : place)
  }

  /// Those of the ASCII signs (HTML standard, "Named character references"), and what stands in for a hyphen.
  private static let names: [String: UInt8] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "sol": 0x2F, "plus": 0x2B,
    "equals": 0x3D, "period": 0x2E, "comma": 0x2C, "colon": 0x3A, "semi": 0x3B, "lowbar": 0x5F,
    "underbar": 0x5F, "num": 0x23, "dollar": 0x24, "percnt": 0x25, "lpar": 0x28, "rpar": 0x29,
    "ast": 0x2A, "midast": 0x2A, "excl": 0x21, "quest": 0x3F, "commat": 0x40, "lsqb": 0x5B,
    "lbrack": 0x5B, "rsqb": 0x5D, "rbrack": 0x5D, "bsol": 0x5C, "hat": 0x5E, "grave": 0x60,
    "diacriticalgrave": 0x60, "lcub": 0x7B, "lbrace": 0x7B, "rcub": 0x7D, "rbrace": 0x7D,
    "verbar": 0x7C, "vert": 0x7C, "verticalline": 0x7C, "hyphen": 0x2D, "dash": 0x2D,
    "minus": 0x2D, "tilde": 0x7E, "newline": 0x0A, "tab": 0x09,
  ]

  private static func named(_ start: Int, _ text: [UInt8]) -> Escape {
    var name = ""
    var place = start
    while place < text.count, text[place].isLetter, name.utf8.count < 17 {
      name.unicodeScalars.append(UnicodeScalar(text[place].lowercased))
      place += 1
    }
    guard place < text.count else { return name.utf8.count < 17 ? .unfinished : .none }
    if text[place] == UInt8(ascii: ";"), let byte = names[name] {
      return .bytes([byte], end: place + 1)
    }
    // The oldest are taken without the mark.
    for old in ["amp", "lt", "gt", "quot"] where name.hasPrefix(old) {
      return .bytes([names[old] ?? 0], end: start + old.utf8.count)
    }
    return .none
  }

  private static func utf8(_ value: UInt32) -> [UInt8] {
    UnicodeScalar(value).map { Array(String(Character($0)).utf8) } ?? [UInt8(ascii: "?")]
  }
}
