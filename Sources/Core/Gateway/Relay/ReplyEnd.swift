import Posix

/// Follows a reply that passes verbatim, to tell whether it was whole when its transfer broke.
struct ReplyEnd {
  private let isEventStream: Bool
  /// The last bytes of a stream.
  private var tail: [UInt8] = []
  /// Of brackets that are open in a document; nil before the first.
  private var depth: Int?
  private var isInString = false
  private var isEscaped = false

  init(isEventStream: Bool) { self.isEventStream = isEventStream }

  /// Whether the reply has said its last: the document is closed, or the stream's mark has come.
  var isReached: Bool {
    guard isEventStream else { return depth == 0 }
    let end = tail.reversed().drop { [0x20, 0x0d, 0x0a].contains($0) }
    return end.starts(with: "[DONE]".utf8.reversed())
  }

  mutating func take(_ bytes: [UInt8]) {
    guard !isEventStream else { return tail = Array((tail + bytes.suffix(16)).suffix(16)) }
    var index = 0
    while index < bytes.count, depth != 0 {
      guard isInString else {
        takeBetween(bytes[index])
        index += 1
        continue
      }
      if isEscaped {
        isEscaped = false
        index += 1
        continue
      }
      // Nearly all of a long document is in strings, without an escape.
      let end = firstIndex(of: UInt8(ascii: "\""), in: bytes, from: index) ?? bytes.count
      let escapes = bytes[index..<end].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      let isOver = end < bytes.count
      isEscaped = escapes % 2 == 1
      if isOver, !isEscaped { isInString = false }
      if isOver { isEscaped = false }
      index = isOver ? end + 1 : end
    }
  }

  private mutating func takeBetween(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth = (depth ?? 0) + 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, (depth ?? 0) - 1)
    default: break
    }
  }
}
