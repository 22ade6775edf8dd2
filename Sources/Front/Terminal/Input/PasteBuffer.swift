/// Collects a bracketed paste up to its end mark and makes it fit for an editor.
struct PasteBuffer: Sendable {
  /// The most bytes a paste may have; what is beyond is left out.
  static let limit = 1 << 20

  static let start: [UInt8] = Array("\u{1B}[200~".utf8)
  static let end: [UInt8] = Array("\u{1B}[201~".utf8)
  private var bytes: [UInt8] = []
  private var matched = 0
  /// Whether this is not its beginning: another paste may begin in it, whose mark is no text.
  private var isRest = false

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

  /// The text as far as it came, of a paste whose end has not come. What may be the beginning of its mark is
  /// left to `rest`.
  var unfinished: String { text }

  /// What goes on behind it.
  var rest: PasteBuffer {
    var rest = PasteBuffer()
    rest.matched = matched
    rest.isRest = true
    return rest
  }

  /// Whether nothing has come.
  var isEmpty: Bool { bytes.isEmpty }

  private var text: String {
    var whole = (isRest ? bytes.without(Self.start) : bytes)[...]
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

extension [UInt8] {
  /// Without any occurrence of others.
  fileprivate func without(_ mark: [UInt8]) -> [UInt8] {
    var rest = self[...]
    var result: [UInt8] = []
    while let place = rest.firstRange(of: mark) {
      result += rest[..<place.lowerBound]
      rest = rest[place.upperBound...]
    }
    return result + rest
  }
}
