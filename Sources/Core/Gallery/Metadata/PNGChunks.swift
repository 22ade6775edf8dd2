/// The chunks of a PNG (PNG Specification, third edition, 5).
struct PNGChunks {
  /// Behind the header chunk, which must come first.
  private(set) var insertionPoint = 0
  private(set) var textKeywords: Set<String> = []
  /// Whether it carries Content Credentials (C2PA 2.1, embedding in PNG: chunk `caBX`).
  private(set) var isSigned = false

  static let xmpKeyword = "XML:com.adobe.xmp"
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Nil if the chunks are not in order up to the last one.
  init?(_ picture: PictureReader) {
    var last = ""
    let isInOrder = Self.walk(picture) { type, content in
      if last.isEmpty { insertionPoint = content.upperBound + 4 }
      if ["tEXt", "zTXt", "iTXt"].contains(type) {
        textKeywords.insert(
          String(decoding: picture[content.prefix(79)].prefix { $0 != 0 }, as: UTF8.self))
      }
      if type == "caBX" { isSigned = true }
      last = type
    }
    guard isInOrder, last == "IEND" else { return nil }
  }

  /// An iTXt chunk: UTF-8, not compressed, of no language.
  static func internationalText(_ keyword: String, _ text: String) -> [UInt8] {
    // NUL ends the fields of the chunk and cannot stand in them.
    let text = text.utf8.filter { $0 != 0 }
    let content = Array("iTXt".utf8) + Array(keyword.utf8) + [0, 0, 0, 0, 0] + text
    return big(UInt32(clamping: content.count - 4)) + content + big(checksum(content))
  }

  /// The text of an iTXt chunk as written by `internationalText`.
  static func text(_ keyword: String, in picture: PictureReader) -> String? {
    var text: String?
    let head = Array(keyword.utf8) + [0, 0, 0, 0, 0]
    _ = walk(picture) { type, content in
      if text == nil, type == "iTXt", picture[content].starts(with: head) {
        text = String(decoding: picture[content].dropFirst(head.count), as: UTF8.self)
      }
    }
    return text
  }

  /// Visits every chunk that is there as a whole; false if one is not in order.
  private static func walk(
    _ picture: PictureReader, _ visit: (String, Range<Int>) -> Void
  ) -> Bool {
    guard picture[0..<signature.count].elementsEqual(signature) else { return false }
    var place = signature.count
    while place < picture.count {
      guard place + 12 <= picture.count else { return false }
      let length = picture[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= picture.count - place - 12 else { return false }
      let type = String(decoding: picture[place + 4..<place + 8], as: UTF8.self)
      visit(type, place + 8..<place + 8 + length)
      place += 12 + length
      if type == "IEND" { return true }
    }
    return false
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// CRC-32 of the chunk's type and content (annex D).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1
      }
    }
  }
}
