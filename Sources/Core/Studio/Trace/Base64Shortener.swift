/// Replaces the middle of long runs of base64 by how long they were, in text that comes in pieces.
struct Base64Shortener: Sendable {
  /// A run of as many letters is no word, no id and no address.
  private static let longest = 600
  private static let kept = 24
  private var run: [UInt8] = []
  private var skipped = 0

  /// The text so far; the end of it may be held back until it is known whether a run goes on.
  mutating func shorten(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes {
      if Self.isBase64(byte) {
        if run.count < Self.longest { run.append(byte) } else { skipped += 1 }
      } else {
        text += finish()
        text.append(byte)
      }
    }
    return text
  }

  /// What was held back.
  mutating func finish() -> [UInt8] {
    defer {
      run = []
      skipped = 0
    }
    guard skipped > 0 else { return run }
    return run.prefix(Self.kept) + Array("[\(run.count - Self.kept + skipped) more letters]".utf8)
  }

  private static func isBase64(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }
}
