import Posix
import Seedream

/// Makes a provider's words fit to be kept and shown: a provider may repeat the key it was given, and
/// names may be of any length and hold anything.
struct Redaction: Sendable {
  /// A shorter key would take half the alphabet out of a text.
  private static let shortestKey = 6
  private static let longestName = 128
  /// How many bytes the marks before one escaped byte may take.
  private static let deepest = 16
  private let key: String?
  /// The key as it may be written otherwise than by escapes, the longest first.
  private let spellings: [String]

  init(key: String?) {
    let key = key.flatMap { $0.utf8.count >= Self.shortestKey ? $0 : nil }
    self.key = key
    spellings = key.map { KeySpelling.all(of: $0) } ?? []
  }

  func text(_ text: String) -> String {
    guard let key else { return text }
    var text = withoutEscaped(key, in: text)
    for spelling in spellings { text = text.replacing(spelling, with: Self.mark) }
    // What was cut to a length may end inside the key.
    for spelling in [key] + spellings {
      for length in stride(from: spelling.count - 1, through: Self.shortestKey, by: -1) {
        let start = spelling.prefix(length)
        guard text.hasSuffix(start) || text.hasSuffix(start + "…") else { continue }
        return (text.hasSuffix("…") ? text.dropLast() : text[...]).dropLast(length) + Self.mark
      }
    }
    return text
  }

  /// The text without the key, plain or escaped.
  private func withoutEscaped(_ key: String, in text: String) -> String {
    guard let first = key.utf8.first else { return text }
    // What is plain goes first: a key may itself look like an escape.
    let bytes = Array(text.replacing(key, with: Self.mark).utf8)
    var kept: [UInt8] = []
    var index = 0
    while index < bytes.count {
      // Most bytes can begin no spelling of the key: its own first one, or a mark of an escape.
      if bytes[index] == first || bytes[index] == UInt8(ascii: "\\")
        || bytes[index] == UInt8(ascii: "%"), let end = Self.end(of: key, in: bytes, from: index)
      {
        kept += Array(Self.mark.utf8)
        index = end
      } else {
        kept.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Where the key ends that begins here, plain or with any of its bytes escaped as JSON or an address
  /// would, once or several times over: `\/`, `\u002f`, `%2F`, `%252F`.
  private static func end(of key: String, in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    for byte in key.utf8 {
      guard let next = end(of: byte, in: bytes, from: index) else { return nil }
      index = next
    }
    return index
  }

  private static func end(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    func at(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }
    func isByte(_ place: Int, digits: Int) -> Bool {
      guard place + digits <= bytes.count else { return false }
      let text = String(decoding: bytes[place..<place + digits], as: UTF8.self)
      return UInt32(text, radix: 16) == UInt32(byte)
    }
    let plain = at(start) == byte ? start + 1 : nil
    var index = start + 1
    switch at(start) {
    case UInt8(ascii: "\\"):
      while index < start + deepest, at(index) == UInt8(ascii: "\\") { index += 1 }
      if at(index) == UInt8(ascii: "u"), isByte(index + 1, digits: 4) { return index + 5 }
      return at(index) == byte ? index + 1 : plain
    case UInt8(ascii: "%"):
      // The escape of the mark itself.
      while index < start + deepest, at(index) == UInt8(ascii: "2"),
        at(index + 1) == UInt8(ascii: "5"), byte != UInt8(ascii: "%")
      {
        index += 2
      }
      return isByte(index, digits: 2) ? index + 2 : plain
    default: return plain
    }
  }

  private static let mark = "[key]"

  /// A code or an id.
  func name(_ text: String) -> String {
    printable(String(self.text(text).prefix(Self.longestName)))
  }

  func error(_ error: APIError) -> APIError {
    var error = error
    error.code = name(error.code)
    error.message = text(error.message)
    error.param = name(error.param)
    error.type = name(error.type)
    error.requestID = error.requestID.map(name)
    return error
  }
}
