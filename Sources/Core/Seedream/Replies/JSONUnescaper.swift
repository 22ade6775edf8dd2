/// The letters of a JSON string, one byte after the other (RFC 8259, section 7).
struct JSONUnescaper {
  enum Letter: Equatable {
    /// An escape has begun and not ended.
    case none
    case plain(UInt8)
    /// By an escape.
    case escaped(UInt8)
    /// An escape of a letter that is not ASCII, or of none.
    case foreign
  }

  /// The bytes of the escape so far, with the backslash.
  private(set) var escape: [UInt8] = []

  /// Whether the next byte belongs to an escape.
  var isInEscape: Bool { !escape.isEmpty }

  mutating func take(_ byte: UInt8) -> Letter {
    guard isInEscape else {
      guard byte == UInt8(ascii: "\\") else { return .plain(byte) }
      escape = [byte]
      return .none
    }
    escape.append(byte)
    if escape[1] == UInt8(ascii: "u"), escape.count < 6 { return .none }
    defer { escape = [] }
    switch escape[1] {
    case UInt8(ascii: "u"):
      let value = UInt32(String(decoding: escape[2...], as: UTF8.self), radix: 16)
      return value.flatMap { $0 < 0x80 ? .escaped(UInt8($0)) : nil } ?? .foreign
    case UInt8(ascii: "n"): return .escaped(0x0a)
    case UInt8(ascii: "r"): return .escaped(0x0d)
    case UInt8(ascii: "t"): return .escaped(0x09)
    case UInt8(ascii: "b"): return .escaped(0x08)
    case UInt8(ascii: "f"): return .escaped(0x0c)
    case let letter: return .escaped(letter)
    }
  }
}
