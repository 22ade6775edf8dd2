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

  /// The grapheme in the word; nil where a wide one covers the cell. Not for entries of a table.
  var character: Character? {
    if bits == 0 { return nil }
    if bits < 0x80 { return Character(Unicode.Scalar(UInt8(truncatingIfNeeded: bits))) }
    let bytes = stride(from: 0, to: UInt64(64 - bits.leadingZeroBitCount), by: 8).map { shift in
      UInt8(truncatingIfNeeded: bits >> shift)
    }
    return String(decoding: bytes, as: UTF8.self).first
  }
}
