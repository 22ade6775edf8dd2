/// Collects a bracketed paste up to its end mark and makes it fit for an editor.
struct PasteBuffer: Sendable {
  /// The most bytes a paste may have; what is beyond is left out.
  static let limit = 1 << 20

  static let start: [UInt8] = Array("\u{1B}[200~".utf8)
  static let end: [UInt8] = Array("\u{1B}[201~".utf8)
  private var bytes: [UInt8] = []
  private var matched = 0

  /// Takes one byte; gives the text once the paste has ended.
  mutating func take(_ byte: UInt8) -> String? {
    if byte == Self.end[matched] {
      matched += 1
      return matched == Self.end.count ? text : nil
    }
    // Only the first byte of the mark is an ESC, so a broken match can start again nowhere else.
    for byte in Self.end.prefix(matched) { append(byte) }
    matched = 0
    if byte == Self.end[0] { matched = 1 } else { append(byte) }
    return nil
  }

  private mutating func append(_ byte: UInt8) {
    if bytes.count < Self.limit { bytes.append(byte) }
  }

  /// The text as far as it came, of a paste whose end never did.
  var unfinished: String {
    var whole = self
    for byte in Self.end.prefix(matched) { whole.append(byte) }
    return whole.text
  }

  private var text: String {
    var whole = bytes[...]
    if bytes.count == Self.limit {  // Perhaps cut within a character.
      while let last = whole.last, last & 0xC0 == 0x80 { whole.removeLast() }
      if let last = whole.last, last >= 0xC0 { whole.removeLast() }
    }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in String(decoding: whole, as: UTF8.self).unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\r": result.append("\n")
      case "\n": if previous != "\r" { result.append("\n") }
      case "\t": result.append("\t")
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": break
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
