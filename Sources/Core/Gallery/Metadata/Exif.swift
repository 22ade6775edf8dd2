/// The smallest EXIF block that carries a comment (CIPA DC-008, 4.6).
enum Exif {
  /// A big-endian TIFF structure with `UserComment` in UTF-16.
  ///
  /// The order of the bytes in such a comment is nowhere settled; readers agree on big-endian text in
  /// a big-endian file.
  static func userComment(_ text: String) -> [UInt8] {
    let comment = Array("UNICODE\0".utf8) + text.utf16.flatMap { big($0) }
    let mainDirectory = 8
    let exifDirectory = mainDirectory + size(entries: 1)
    let commentOffset = exifDirectory + size(entries: 2)
    var bytes = Array("MM".utf8) + big(UInt16(42)) + big(UInt32(mainDirectory))
    bytes += big(UInt16(1))
    bytes += entry(tag: 0x8769, type: .long, count: 1, value: big(UInt32(exifDirectory)))
    bytes += big(UInt32(0))
    bytes += big(UInt16(2))
    bytes += entry(tag: 0x9000, type: .undefined, count: 4, value: Array("0232".utf8))
    bytes += entry(
      tag: 0x9286, type: .undefined, count: comment.count, value: big(UInt32(commentOffset)))
    bytes += big(UInt32(0))
    return bytes + comment
  }

  private enum FieldType: UInt16 {
    case long = 4
    case undefined = 7
  }

  /// Bytes of a directory: its count, its entries, and the offset of the next one.
  private static func size(entries: Int) -> Int { 2 + 12 * entries + 4 }

  private static func entry(tag: UInt16, type: FieldType, count: Int, value: [UInt8]) -> [UInt8] {
    big(tag) + big(type.rawValue) + big(UInt32(clamping: count)) + value
  }

  private static func big(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    let bits = type(of: number).bitWidth
    return stride(from: bits - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
  }
}
