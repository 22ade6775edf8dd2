/// Tells by its first letters whether a string of a reply is a picture: base64 that begins like one, a data
/// URI of one, or anything under a name that promises base64.
struct StringProbe {
  enum Finding: Equatable {
    case undecided
    case text
    /// A picture, whose base64 begins at this letter.
    case image(from: Int)
  }

  /// White space left out.
  private(set) var letters: [UInt8] = []
  private let isNamedBase64: Bool

  /// As many letters as hold the signature of a picture.
  private static let needed = (ImageSignature.length * 4 + 2) / 3
  /// The first letters of words that programs write where there is nothing, or a yes or no.
  private static let nothing: Set = [
    "none", "null", "nil", "nan", "undefine", "true", "false", "yes", "no", "<nil>",
  ]
  /// The longest head of a data URI that is believed.
  private static let longestHead = 300

  /// - Parameter isNamedBase64: The name of the field promises base64.
  init(isNamedBase64: Bool) {
    self.isNamedBase64 = isNamedBase64
  }

  mutating func take(_ letter: UInt8) -> Finding {
    if ![0x20, 0x09, 0x0a, 0x0d].contains(letter) { letters.append(letter) }
    return finding(atEnd: false)
  }

  /// The string has ended.
  func end() -> Finding {
    let finding = finding(atEnd: true)
    return finding == .undecided ? .text : finding
  }

  private func finding(atEnd: Bool) -> Finding {
    let start = String(decoding: letters.prefix(8), as: UTF8.self).lowercased()
    if start.hasPrefix("data:") { return ofDataURI }
    if !atEnd, "data:".hasPrefix(start) { return .undecided }
    if isNamedBase64 {
      if start.hasPrefix("http:") || start.hasPrefix("https:") { return .text }
      if !atEnd, letters.count < Self.needed { return .undecided }
      let isNothing = letters.count < 10 && Self.nothing.contains(start)
      return letters.isEmpty || isNothing ? .text : .image(from: 0)
    }
    if let last = letters.last, !Base64Decoder.isLetter(last) { return .text }
    guard letters.count >= Self.needed else { return .undecided }
    return ImageSignature.begins(Base64Decoder.start(of: letters)) ? .image(from: 0) : .text
  }

  /// RFC 2397, section 3.
  private var ofDataURI: Finding {
    guard let comma = letters.firstIndex(of: UInt8(ascii: ",")) else {
      return letters.count > Self.longestHead ? .text : .undecided
    }
    return Self.isImage(head: letters[..<comma]) ? .image(from: comma + 1) : .text
  }

  /// Whether the part of a data URI before its comma is that of a picture in base64.
  static func isImage(head: some Sequence<UInt8>) -> Bool {
    let head = String(decoding: Array(head), as: UTF8.self).lowercased()
    let type = head.dropFirst("data:".count).prefix { $0 != ";" }
    return head.hasSuffix(";base64")
      && (type.isEmpty || type.hasPrefix("image/") || type.hasSuffix("/octet-stream"))
  }
}
