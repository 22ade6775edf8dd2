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

  /// What stands before letters of which it is not yet known what they belong to.
  private enum Gap {
    case start, line, space, foreign, words

    /// As many letters make it the picture that goes on; nothing makes it of words.
    var enough: Int {
      switch self {
      case .start, .words: .max
      case .line: 16
      // Longer than words are.
      case .space, .foreign: 64
      }
    }
  }

  /// The longest text beside the pictures that is kept.
  private static let longestText = 65_536

  /// Nil within a picture.
  private var gap: Gap? = .start
  /// What follows the gap.
  private var held: [UInt8] = []
  /// Whether it may begin another picture.
  private var mayBegin = true
  private var isPadded = false
  /// What stands beside the pictures, and may name others.
  private(set) var words: [UInt8] = []

  init() {}

  /// The next bytes, as JSON.
  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var json: [UInt8] = []
    for byte in bytes {
      if let gap {
        hold(byte, after: gap, &json)
      } else if let next = Self.gap(at: byte) {
        leave(for: next, byte)
      } else if isPadded, byte != UInt8(ascii: "=") {
        wait(.foreign)
        hold(byte, after: .foreign, &json)
      } else {
        add(byte, to: &json)
      }
    }
    return json
  }

  /// What closes it.
  mutating func finish() -> [UInt8] {
    var json: [UInt8] = []
    if let gap { settle(gap, &json) }
    return json + Array(#""}]}"#.utf8)
  }

  /// What a byte begins that is no letter of base64.
  private static func gap(at byte: UInt8) -> Gap? {
    switch byte {
    case 0x0a, 0x0d: .line
    case 0x20, 0x09: .space
    case UInt8(ascii: "="), UInt8(ascii: "%"): nil
    default: Base64Decoder.isLetter(byte) ? nil : .foreign
    }
  }

  private mutating func hold(_ byte: UInt8, after gap: Gap, _ json: inout [UInt8]) {
    if mayBegin {
      let verdict = Self.begins((held + [byte])[...])
      if verdict == true {
        json += (gap == .start ? #"{"data":[{"b64_json":""# : #""},{"b64_json":""#).utf8
        held.append(byte)
        return goOn(&json)
      }
      mayBegin = verdict == nil
      if mayBegin { return held.append(byte) }
    }
    if let next = Self.gap(at: byte) {
      if next == .foreign, !held.isEmpty { write(held) }
      settle(gap, &json)
      // A line may end in white space.
      if let gap = self.gap, gap == .words || gap == .line && next == .space {
        if gap == .words { write([byte]) }
        return wait(gap)
      }
      return leave(for: next, byte)
    }
    held.append(byte)
    if gap == .words || held.contains(where: { Self.gap(at: $0) != nil }) {
      write(held)
    } else if held.count >= gap.enough {
      goOn(&json)
    }
  }

  private mutating func leave(for next: Gap, _ byte: UInt8) {
    wait(next)
    guard next == .foreign else { return }
    write([byte])
    gap = .foreign
  }

  private mutating func wait(_ next: Gap) {
    gap = next
    held = []
    mayBegin = true
  }

  /// The letters after a gap have come to their end.
  private mutating func settle(_ gap: Gap, _ json: inout [UInt8]) {
    guard !held.isEmpty else { return }
    guard gap == .line, !held.contains(where: { Self.gap(at: $0) != nil }) else {
      return write(held)
    }
    goOn(&json)
    self.gap = .line
  }

  /// The held letters are the picture's.
  private mutating func goOn(_ json: inout [UInt8]) {
    for byte in held { add(byte, to: &json) }
    held = []
    gap = nil
  }

  private mutating func write(_ text: [UInt8]) {
    words += text.prefix(Self.longestText - words.count)
    held = []
    gap = .words
  }

  private mutating func add(_ byte: UInt8, to json: inout [UInt8]) {
    isPadded = byte == UInt8(ascii: "=")
    guard byte >= 0x20 else { return }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { json.append(UInt8(ascii: "\\")) }
    json.append(byte)
  }
}
