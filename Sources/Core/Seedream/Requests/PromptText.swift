/// What may stand in a prompt, wherever it comes from: a command line, a pipe, a file, an editor, a paste,
/// a request of the past.
public enum PromptText {
  /// Why a text is no prompt; a clause that completes "the prompt".
  public struct Fault: Error, Equatable, Sendable {
    /// `is not UTF-8 text: …`
    public let reason: String
  }

  /// Reads bytes: UTF-8, cleaned as `cleaned` does.
  /// - Throws: A `Fault` for other bytes and for control characters, which come of a wrong encoding.
  public static func read(_ bytes: [UInt8]) throws(Fault) -> String {
    for (mark, name) in marks where bytes.starts(with: mark) {
      throw Fault(reason: "is \(name), not UTF-8: save it as UTF-8 text")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(reason: "is not UTF-8 text: save it as UTF-8, or convert it with iconv")
    }
    let cleaned = cleaned(text)
    try check(cleaned)
    return cleaned
  }

  /// The same text without a byte order mark before it, and with line feeds as its only line ends.
  public static func cleaned(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == byteOrderMark || scalars.contains("\r") else { return text }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in scalars.drop(while: { $0 == byteOrderMark }) {
      defer { previous = scalar }
      switch scalar {
      case "\r": result.append("\n")
      case "\n" where previous == "\r": break
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// - Throws: A `Fault` for control characters other than line feed and tab.
  public static func check(_ text: String) throws(Fault) {
    if text.unicodeScalars.contains("\u{FFFD}") {
      throw Fault(
        reason: "holds U+FFFD, which stands for bytes that were not UTF-8: write the character anew"
      )
    }
    guard let scalar = text.unicodeScalars.first(where: isControl) else { return }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    throw Fault(
      reason: "holds the control character \(number): take it out"
        + (scalar.value == 0 ? ", or save the text as UTF-8" : ""))
  }

  private static let byteOrderMark: Unicode.Scalar = "\u{FEFF}"

  private static let marks: [([UInt8], String)] = [
    ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF], "UTF-16"), ([0, 0, 0xFE, 0xFF], "UTF-32"),
  ]

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    default: false
    }
  }
}
