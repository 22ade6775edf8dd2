import Screen
import Terminal
import TestSupport
import Testing

/// Whatever comes, in whatever pieces, means the same and breaks nothing.
struct FuzzTests {
  @Test(arguments: 0..<40)
  func readsMaySplitAnywhere(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let bytes = hostileBytes(count: 3000, using: &random)
    var whole = InputParser()
    let expected = merged(whole.feed(bytes))
    for _ in 0..<5 {
      var parser = InputParser()
      var events: [InputEvent] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = min(rest.count, Int.random(in: 1...9, using: &random))
        events += parser.feed(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      #expect(merged(events) == expected)
      #expect(parser.needsFlush == whole.needsFlush)
    }
  }

  @Test(arguments: 0..<40)
  func flushingAtAnyTimeLosesNoLaterKey(seed: Int) {
    var random = SplitMix(state: UInt64(seed) &+ 1000)
    var parser = InputParser()
    for byte in hostileBytes(count: 2000, using: &random) {
      _ = parser.feed([byte])
      if Bool.random(using: &random) { _ = parser.flush() }
    }
    // Ends whatever is still open: a paste, a string, a sequence, a mouse report.
    _ = parser.feed(Array("\u{1B}[201~\u{1B}\\\u{18}\u{18}\u{18}\u{18}".utf8))
    _ = parser.flush()
    #expect(parser.feed(Array("ok\r".utf8)).last == .key(Key(.enter)))
  }

  /// Random bytes with the pieces real sequences are made of among them.
  private func hostileBytes(count: Int, using random: inout SplitMix) -> [UInt8] {
    let pieces = [
      "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}]11;rgb:", "\u{1B}P>|", "\u{1B}\\", "\u{7}", ";", ":",
      "?",
      "<", "$y", "~", "M", "m", "u", "12", "200", "\u{1B}[200~", "\u{1B}[201~", "红", "👩‍💻", "\u{301}",
      "\r\n", "\u{18}",
    ].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    while bytes.count < count {
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      } else {
        bytes += pieces.randomElement(using: &random) ?? []
      }
    }
    return bytes
  }

  /// Neighbouring characters as one text: a grapheme may come in two parts.
  private func merged(_ events: [InputEvent]) -> [String] {
    var result: [String] = []
    var text = ""
    for event in events {
      if case .key(let key) = event, case .character(let character) = key.code,
        key.modifiers.isEmpty
      {
        text.append(character)
        continue
      }
      if !text.isEmpty { result.append(text) }
      text = ""
      result.append("\(event)")
    }
    return text.isEmpty ? result : result + [text]
  }
}
