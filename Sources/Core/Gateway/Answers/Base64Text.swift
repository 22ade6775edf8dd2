import FoundationEssentials

/// Base64 of bytes that come in pieces (RFC 4648, section 4).
struct Base64Text {
  /// How many bytes are well read at once: whole groups of letters.
  static let piece = 96 << 10

  /// Bytes that do not yet make a group of four letters.
  private var carry: [UInt8] = []

  /// The letters of the next bytes, as far as they make whole groups.
  mutating func of(_ bytes: [UInt8]) -> [UInt8] {
    let all = carry.isEmpty ? bytes : carry + bytes
    let whole = all.count / 3 * 3
    carry = Array(all[whole...])
    return Array(Data(all[..<whole]).base64EncodedString().utf8)
  }

  /// The last letters.
  mutating func end() -> [UInt8] {
    defer { carry = [] }
    return Array(Data(carry).base64EncodedString().utf8)
  }
}
