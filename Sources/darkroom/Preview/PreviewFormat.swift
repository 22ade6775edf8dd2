import Imaging
import Screen

/// How the decoder process hands a picture of cells to its parent: two 16-bit sizes, then for every
/// cell the scalar, the foreground and the background in 32 bits each, all little-endian. A colour is
/// zero for the terminal's own, 1 in the top byte for a palette index, 2 for red, green and blue.
///
/// The parent trusts nothing in it: the decoder reads bytes of strangers and may do what they want.
enum PreviewFormat {
  static func encode(_ picture: SymbolPicture) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 + picture.cells.count * 12)
    append(UInt32(picture.columns & 0xFFFF) | UInt32(picture.rows & 0xFFFF) << 16, to: &bytes)
    for cell in picture.cells {
      append(cell.character.unicodeScalars.first?.value ?? 0x20, to: &bytes)
      append(word(cell.foreground), to: &bytes)
      append(word(cell.background), to: &bytes)
    }
    return bytes
  }

  /// How many bytes a picture of so many cells has.
  static func byteCount(_ columns: Int, _ rows: Int) -> Int { 4 + columns * rows * 12 }

  /// The picture, or nil where the bytes are none, or one larger than was asked for.
  static func decode(_ bytes: [UInt8], fitting limit: Size) -> CellPicture? {
    guard bytes.count >= 4 else { return nil }
    let size = Size(
      rows: Int(bytes[2]) | Int(bytes[3]) << 8, columns: Int(bytes[0]) | Int(bytes[1]) << 8)
    guard size.rows <= limit.rows, size.columns <= limit.columns,
      bytes.count == byteCount(size.columns, size.rows)
    else { return nil }
    var cells: [Cell] = []
    cells.reserveCapacity(size.rows * size.columns)
    for offset in stride(from: 4, to: bytes.count, by: 12) {
      let character = Unicode.Scalar(word(bytes, at: offset)).map(Character.init) ?? " "
      cells.append(
        Cell(
          TextWidth.columns(of: character) == 1 ? character : " ",
          Style(
            .picture, foreground: color(word(bytes, at: offset + 4)),
            background: color(word(bytes, at: offset + 8)))))
    }
    return CellPicture(size: size, cells: cells)
  }

  private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * $1) }
  }

  private static func word(_ color: SymbolColor?) -> UInt32 {
    switch color {
    case nil: 0
    case .index(let index): 1 << 24 | UInt32(index)
    case .rgb(let red, let green, let blue):
      2 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }
  }

  private static func color(_ word: UInt32) -> Color {
    switch word >> 24 {
    case 1: .palette(UInt8(truncatingIfNeeded: word))
    case 2:
      .rgb(
        UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8),
        UInt8(truncatingIfNeeded: word))
    default: .standard
    }
  }
}
