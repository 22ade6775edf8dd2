package import Seedream

/// A recorded reply with damage done to it, or one whose form was changed, and the pieces it arrives in. A seed and a number make it
/// again.
package struct MutatedReply {
  package let body: [UInt8]
  /// Where the pieces end, in order.
  package let cuts: [Int]
  package let dialect: Dialect
  /// What it was made from, where its form is what was changed.
  package let formed: FormedReply?
  /// Whether bytes of it were damaged.
  package let isDamaged: Bool

  /// What is damaged, and the name of the dialect that reads it.
  private static let originals: [(text: [UInt8], dialect: Dialect)] = [
    (Recorded.shortStream, "ark"), (Recorded.shortPlain, "ark"), (Recorded.shortJob, "pixazo"),
    (Recorded.stream, "ark"), (Recorded.plain, "unified"),
  ].compactMap { text, name in Dialect.named(name).map { (Array(text.utf8), $0) } }

  /// Where parsers turn.
  private static let spice = Array("{}[]\":,\\\n\r=0 -.eEu/+\t\u{0}".utf8) + [0x80, 0xC3, 0xFF]

  /// What programs count wrong with, and words that mean something at another place.
  private static let words = [
    "9223372036854775808", "-1", "1e999", "0.1", "\\u0000", "\\ud800", "null", "true", "[[[[[[[[",
    "\r\n\r\n", "\n\ndata: ", "data: [DONE]\n\n", "event: error\n", "\"b64_json\":\"", "=",
    "\"data\":[", "\"error\":{", "\u{feff}", ":\n",
  ].map { Array($0.utf8) }

  /// - Parameter number: Each makes another reply.
  package init(seed: UInt64, number: Int) {
    var first = SeededRandom(seed: seed)
    var random = SeededRandom(seed: first.next() ^ UInt64(number))
    let original = Self.originals[random.below(Self.originals.count)]
    formed = random.below(2) == 0 ? FormedReply(using: &random) : nil
    isDamaged = formed == nil || random.below(3) == 0
    var body = formed?.body ?? original.text
    if isDamaged {
      for _ in 0...random.below(4) { Self.damage(&body, &random) }
    }
    self.body = body
    dialect = formed == nil ? original.dialect : .ark
    cuts = (0..<random.below(6)).map { _ in random.below(body.count + 1) }.sorted()
  }

  private static func damage(_ body: inout [UInt8], _ random: inout SeededRandom) {
    guard !body.isEmpty else { return }
    let place = random.below(body.count)
    let stretch = place..<min(body.count, place + 1 + random.below(random.below(2) == 0 ? 4 : 120))
    switch random.below(12) {
    case 0: body[place] = UInt8.random(in: 0...255, using: &random)
    case 1: body[place] ^= 1 << UInt8(random.below(8))
    case 2: body[place] = spice[random.below(spice.count)]
    case 3: body.insert(spice[random.below(spice.count)], at: place)
    case 4: body.insert(contentsOf: words[random.below(words.count)], at: place)
    case 5: body.removeSubrange(stretch)
    case 6: body.insert(contentsOf: body[stretch], at: random.below(body.count))
    case 7: body.removeSubrange(place...)
    case 8: body.removeSubrange(..<place)
    case 9: body[stretch].reverse()
    case 10: splice(&body, at: place, &random)
    default: enlarge(&body, from: place, &random)
    }
  }

  /// Goes on with the rest of another reply.
  private static func splice(
    _ body: inout [UInt8], at place: Int, _ random: inout SeededRandom
  ) {
    let other = originals[random.below(originals.count)].text
    body.replaceSubrange(place..., with: other[random.below(other.count)...])
  }

  /// Makes the next number one that nothing can hold.
  private static func enlarge(
    _ body: inout [UInt8], from place: Int, _ random: inout SeededRandom
  ) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = body[place...].firstIndex(where: digits.contains) else { return }
    let length = 1 + random.below(40)
    body.insert(contentsOf: repeatElement(UInt8(ascii: "9"), count: length), at: start)
  }
}
