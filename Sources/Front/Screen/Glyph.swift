/// The text of one cell in one machine word, without a reference to count.
///
/// Up to eight bytes of UTF-8 stand in it as they are. Longer graphemes (joined emoji, stacked accents) are
/// kept in a table of their canvas, and the word says where: its highest byte is then 0xFF, which no UTF-8 has.
struct Glyph: Equatable, Sendable {
  private let bits: UInt64

  private init(bits: UInt64) { self.bits = bits }

  /// The right half of a wide grapheme.
  static let covered = Glyph(bits: 0)
  static let blank = Glyph(0x20)

  /// One printable ASCII character.
  init(_ byte: UInt8) { bits = UInt64(byte) }

  /// A code point that is a grapheme by itself.
  init(_ scalar: Unicode.Scalar) {
    bits = scalar.utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Nil where the grapheme takes more than eight bytes.
  init?(_ character: Character) {
    var bits: UInt64 = 0
    var shift: UInt64 = 0
    for byte in character.utf8 {
      guard shift < 64 else { return nil }
      bits |= UInt64(byte) << shift
      shift += 8
    }
    self.bits = bits
  }

  /// The entry of a canvas' table.
  init(entry: Int) { bits = 0xFF << 56 | UInt64(entry) }

  var isCovered: Bool { bits == 0 }

  /// Where in the table the grapheme is; nil where it is in the word itself.
  var entry: Int? { bits >> 56 == 0xFF ? Int(bits & (1 << 56 - 1)) : nil }

  /// The one code point of the grapheme; nil where it has several, is in a table, or a wide one covers the cell.
  var scalar: Unicode.Scalar? {
    if bits < 0x80 { return bits == 0 ? nil : Unicode.Scalar(UInt8(truncatingIfNeeded: bits)) }
    let count = (71 - bits.leadingZeroBitCount) / 8
    let first = UInt32(truncatingIfNeeded: bits & 0xFF)
    guard first >= 0xC0, count == (first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4) else { return nil }
    var value = first & (0x7F >> UInt32(count))
    for shift in stride(from: 8, to: UInt64(8 * count), by: 8) {
      value = value << 6 | UInt32(truncatingIfNeeded: bits >> shift) & 0x3F
    }
    return Unicode.Scalar(value)
  }

  /// The grapheme in the word; nil where a wide one covers the cell. Not for entries of a table.
  var character: Character? {
    if bits == 0 { return nil }
    if let scalar { return Character(scalar) }
    let bytes = stride(from: 0, to: UInt64(64 - bits.leadingZeroBitCount), by: 8).map { shift in
      UInt8(truncatingIfNeeded: bits >> shift)
    }
    return String(decoding: bytes, as: UTF8.self).first
  }
}
