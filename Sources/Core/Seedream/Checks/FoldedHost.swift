/// A host as a client reads it that undoes escapes and folds what looks alike (RFC 3986, section 3.2.2;
/// UTS 46, section 4): `１２７。０。０。１`, `①②⑦.0.0.1` and `%31%32%37.0.0.1` are all 127.0.0.1.
enum FoldedHost {
  /// Nil where an escape is broken or hides a sign that ends a host.
  static func text(_ host: some StringProtocol) -> String? {
    guard let plain = undone(host) else { return nil }
    var folded = ""
    for scalar in plain.unicodeScalars {
      if scalar.isASCII {
        guard scalar.value > 0x20, scalar.value != 0x7F,
          !"/?#@\\:%[]".unicodeScalars.contains(scalar)
        else { return nil }
        folded.unicodeScalars.append(scalar)
      } else {
        folded += fold(scalar)
      }
    }
    return folded
  }

  private static func undone(_ host: some StringProtocol) -> String? {
    guard host.utf8.contains(UInt8(ascii: "%")) else { return String(host) }
    var bytes: [UInt8] = []
    var rest = Array(host.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, !digits.hasPrefix("+"), let value = UInt8(digits, radix: 16)
      else { return nil }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func fold(_ scalar: Unicode.Scalar) -> String {
    let value = scalar.value
    func letter(_ start: UInt32, _ first: UInt32) -> String {
      UnicodeScalar(first + value - start).map { String(Character($0)) } ?? ""
    }
    switch value {
    // What is left out: joiners, selectors, soft hyphens.
    case 0xAD, 0x34F, 0x200B...0x200D, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: return ""
    case 0x3002, 0xFF0E, 0xFF61, 0x2024, 0xFE52: return "."
    case 0xFF01...0xFF5E: return letter(0xFF01, 0x21)
    case 0x24B6...0x24CF: return letter(0x24B6, 0x61)
    case 0x24D0...0x24E9: return letter(0x24D0, 0x61)
    case 0x1D400...0x1D6A3:
      let place = (value - 0x1D400) % 26
      return UnicodeScalar(0x61 + place).map { String(Character($0)) } ?? ""
    // Digits with a full stop of their own.
    case 0x2488...0x2490: return letter(0x2488, 0x31) + "."
    default: break
    }
    let letters: [Unicode.Scalar: String] = [
      "\u{210E}": "h", "\u{2113}": "l", "\u{2134}": "o", "\u{212F}": "e", "\u{017F}": "s",
      "\u{AA}": "a", "\u{BA}": "o", "\u{02E1}": "l", "\u{02E2}": "s", "\u{1D52}": "o",
      "\u{2092}": "o", "\u{2090}": "a", "\u{2097}": "l", "\u{209B}": "s", "\u{209C}": "t",
      "\u{2093}": "x", "\u{02E3}": "x", "\u{217C}": "l", "\u{217D}": "c", "\u{2179}": "x",
      "\u{2025}": "..", "\u{2026}": "...",
    ]
    if let text = letters[scalar] { return text }
    // Circled, raised, lowered, of mathematics; also those that no client folds.
    if let number = scalar.properties.numericValue, number == number.rounded(),
      (0...20).contains(number)
    {
      return String(Int(number))
    }
    return String(Character(scalar))
  }
}
