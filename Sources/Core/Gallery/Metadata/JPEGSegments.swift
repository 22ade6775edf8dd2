/// The segments of a JPEG before its first scan (ITU-T T.81, annex B).
struct JPEGSegments {
  /// Where segments are inserted: behind SOI and the JFIF headers, which must come first.
  private(set) var insertionPoint = 2
  private(set) var hasExif = false
  private(set) var hasXMP = false
  /// Whether it carries Content Credentials (C2PA 2.1, embedding in JPEG: JUMBF in APP11).
  private(set) var isSigned = false

  static let exifName = Array("Exif\0\0".utf8)
  static let xmpName = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

  /// Nil if the segments are not in order up to the scan.
  init?(_ picture: PictureReader) {
    var isAtStart = true
    let isInOrder = Self.walk(picture) { marker, payload in
      if isAtStart, marker == 0xE0 {
        insertionPoint = payload.upperBound
      } else {
        isAtStart = false
      }
      if marker == 0xE1, picture[payload].starts(with: Self.exifName) { hasExif = true }
      if marker == 0xE1, picture[payload].starts(with: Self.xmpName) { hasXMP = true }
      if marker == 0xEB, picture[payload].starts(with: Array("JP".utf8)) { isSigned = true }
    }
    if !isInOrder { return nil }
  }

  /// An APP1 segment, or nil if it would not fit the 16 bits of its length.
  static func application1(_ name: [UInt8], _ content: [UInt8]) -> [UInt8]? {
    let length = name.count + content.count + 2
    guard length <= 0xFFFF else { return nil }
    return [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + name + content
  }

  /// The XMP packet of a JPEG.
  static func xmp(in picture: PictureReader) -> String? {
    var packet: String?
    _ = walk(picture) { marker, payload in
      if packet == nil, marker == 0xE1, picture[payload].starts(with: xmpName) {
        packet = String(decoding: picture[payload].dropFirst(xmpName.count), as: UTF8.self)
      }
    }
    return packet
  }

  /// Visits every segment before the scan; false if one is not in order.
  private static func walk(
    _ picture: PictureReader, _ visit: (UInt8, Range<Int>) -> Void
  ) -> Bool {
    guard picture[0..<2].elementsEqual([0xFF, 0xD8]) else { return false }
    var place = 2
    while place + 4 <= picture.count {
      guard picture[place] == 0xFF else { return false }
      let marker = picture[place + 1]
      // Any number of fill bytes may stand before a marker.
      if marker == 0xFF {
        place += 1
        continue
      }
      if marker == 0xDA { return true }
      let length = Int(picture[place + 2]) << 8 | Int(picture[place + 3])
      guard marker >= 0xC0, !(0xD0...0xD9).contains(marker), length >= 2,
        place + 2 + length <= picture.count
      else { return false }
      visit(marker, place + 4..<place + 2 + length)
      place += 2 + length
    }
    return false
  }
}
