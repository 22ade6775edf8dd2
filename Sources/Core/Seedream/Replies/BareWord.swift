/// A reply that is nothing but pictures in base64 or `data:` addresses, written anew as JSON while it arrives.
public struct BareWord: Sendable {
  /// Letters that begin a picture in base64; those of JPEG go on with the mark of its second segment.
  private static let starts = [
    "iVBORw0KGgo", "/9j/4", "/9j/2", "/9j/7", "_9j_4", "_9j_2", "_9j_7", "UklGR", "R0lGOD",
    "SUkqA", "TU0AK",
  ].map { Array($0.utf8) }

  /// The longest head of a `data:` address that is looked at.
  private static let longestHead = 100

  /// Whether a text begins like such a reply; nil where more of it is needed to tell.
  public static func begins(_ text: ArraySlice<UInt8>) -> Bool? {
    if starts.contains(where: { text.starts(with: $0) }) { return true }
    if starts.contains(where: { $0.starts(with: text) }) { return nil }
    let head = text.prefix(longestHead)
    let words = String(decoding: head, as: UTF8.self).lowercased()
    guard words.hasPrefix("data:") else { return "data:".hasPrefix(words) ? nil : false }
    // An event has a space, a bracket or a quotation mark there.
    guard let next = words.dropFirst(5).first else { return nil }
    guard next.isASCII, next.isLetter else { return false }
    if let comma = words.firstIndex(of: ",") { return words[..<comma].contains(";base64") }
    let isOver = head.contains(0x0a) || head.contains(0x0d) || text.count >= longestHead
    return isOver ? false : nil
  }

  private var isOpen = false
  /// What follows white space, as long as it may begin another picture; nil within a word.
  private var held: [UInt8]?

  init() {}

  /// The next bytes, as JSON.
  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var json: [UInt8] = []
    if !isOpen {
      json += #"{"data":[{"b64_json":""#.utf8
      isOpen = true
    }
    for byte in bytes {
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d:
        flush(into: &json)
        held = []
      case 0..<0x20: break
      default:
        guard held != nil else {
          Self.add(byte, to: &json)
          continue
        }
        held?.append(byte)
        switch Self.begins((held ?? [])[...]) {
        case true?:
          json += #""},{"b64_json":""#.utf8
          flush(into: &json)
        case false?: flush(into: &json)
        case nil: break
        }
      }
    }
    return json
  }

  /// What closes it.
  mutating func finish() -> [UInt8] {
    var json: [UInt8] = []
    flush(into: &json)
    return json + Array(#""}]}"#.utf8)
  }

  private mutating func flush(into json: inout [UInt8]) {
    for byte in held ?? [] { Self.add(byte, to: &json) }
    held = nil
  }

  private static func add(_ byte: UInt8, to json: inout [UInt8]) {
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { json.append(UInt8(ascii: "\\")) }
    json.append(byte)
  }
}
