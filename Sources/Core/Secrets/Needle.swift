internal import FoundationEssentials

/// One way in which a secret may be written, escapes apart: `UnescapedText` undoes those in the text.
struct Needle: Hashable, Sendable {
  /// In small letters where case does not matter.
  let bytes: [UInt8]
  let ignoresCase: Bool
  /// Bytes of what is meant.
  let letters: Int

  init(_ bytes: [UInt8], ignoresCase: Bool, letters: Int? = nil) {
    self.bytes = ignoresCase ? bytes.map(\.lowercased) : bytes
    self.ignoresCase = ignoresCase
    self.letters = letters ?? bytes.count
  }

  /// The same as some write all of their JSON, `\/` for every slash, so that a picture written so need not be
  /// undone to be searched; nil where there is no slash.
  private var withEscapedSlashes: Needle? {
    let escaped = bytes.flatMap { $0 == UInt8(ascii: "/") ? [Escape.backslash, $0] : [$0] }
    return escaped.count == bytes.count
      ? nil : Needle(escaped, ignoresCase: ignoresCase, letters: bytes.count)
  }

  /// All spellings of a secret; none for one that is too short.
  static func all(of secret: String) -> [Needle] {
    let key = Array(secret.utf8)
    guard key.count >= Redaction.shortestSecret else { return [] }
    // In what others wrote into base64 the key has its own case, or all of one.
    let cased = [key, key.map(\.lowercased), key.map(\.uppercased), percent(key)]
    let base64 = cased.flatMap { Self.base64($0) } + Self.base64(key).flatMap { Self.base64($0) }
    let hex = key.map { [digit($0 >> 4), digit($0 & 15)] }
    // The last two may stand in a run of base64, where no dump is looked for.
    let numbers = [[], [UInt8(ascii: "-")], [UInt8(ascii: "_")]].map {
      Array(hex.joined(separator: $0))
    }
    let anyCase =
      undone(key) + numbers + cased.flatMap { base32($0) } + [
        quotedPrintable(key, keeping: \.isPlain)
      ]
      + [quotedPrintable(key) { $0 != UInt8(ascii: "=") }]
    let all = Set(
      anyCase.map { Needle($0, ignoresCase: true) }
        + (base64 + base64.map(urlSafe)).map { Needle($0, ignoresCase: false) })
    return all + all.compactMap(\.withEscapedSlashes)
  }

  /// The key, and what becomes of one that itself looks like an escape when escapes are undone.
  private static func undone(_ key: [UInt8]) -> [[UInt8]] {
    var all = [key]
    while all.count < UnescapedText.deepest, let last = all.last,
      let next = UnescapedText(of: last, isWhole: true)?.bytes,
      next.count >= Redaction.shortestSecret
    {
      all.append(next)
    }
    return all
  }

  /// Those letters of base64 (RFC 4648) that depend on nothing but the bytes, at each of the three places
  /// where they may begin in a group: alone, behind `Bearer ` or a user's name, before anything.
  private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
    (0..<3).map { place in
      let all = [UInt8](repeating: 0, count: place) + bytes
      let letters = Array(Data(all).base64EncodedString().utf8)
      return Array(letters.prefix(all.count * 8 / 6).dropFirst([0, 2, 3][place]))
    }
  }

  /// The same of base32, whose groups are of five bytes.
  private static func base32(_ bytes: [UInt8]) -> [[UInt8]] {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    return (0..<5).map { place in
      let all = [UInt8](repeating: 0, count: place) + bytes
      let whole = (place * 8 + 4) / 5..<all.count * 8 / 5
      return whole.map { letter -> UInt8 in
        var value = 0
        for bit in letter * 5..<letter * 5 + 5 {
          let byte = Int(all[bit / 8])
          value = value << 1 | (byte >> (7 - bit % 8)) & 1
        }
        return alphabet[value]
      }
    }
  }

  /// RFC 2045, section 6.7.
  private static func quotedPrintable(_ bytes: [UInt8], keeping: (UInt8) -> Bool) -> [UInt8] {
    bytes.flatMap { keeping($0) ? [$0] : [UInt8(ascii: "="), digit($0 >> 4), digit($0 & 15)] }
  }

  private static func urlSafe(_ letters: [UInt8]) -> [UInt8] {
    letters.map { letter in
      switch letter {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: letter
      }
    }
  }

  private static func percent(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte in
      byte.isPlain
        ? [byte]
        : [
          UInt8(ascii: "%"), digit(byte >> 4).uppercased, digit(byte & 15).uppercased,
        ]
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Whether the text has the needle's first `count` bytes there; there must be as many.
  func begins(at place: Int, in text: [UInt8], count: Int) -> Bool {
    for index in 0..<count {
      let byte = text[place + index]
      guard bytes[index] == (ignoresCase ? byte.lowercased : byte) else { return false }
    }
    return true
  }
}

extension UInt8 {
  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
  var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }

  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether addresses have it as it is (RFC 3986, section 2.3).
  var isPlain: Bool { isLetter || isDigit || "-._~".utf8.contains(self) }

  /// Of either alphabet of RFC 4648, padding apart.
  var isBase64Letter: Bool {
    switch self {
    case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: isLetter || isDigit
    }
  }

  var hexadecimalValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
