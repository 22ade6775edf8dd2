/// IPv4 addresses as resolvers read them, the odd spellings of `inet_aton(3)` among them, which
/// would otherwise slip past a check: `2130706433`, `0x7f.1` and `127.1` are all 127.0.0.1.
enum IPv4Literal {
  /// The address as one number; nil for a name.
  static func address(_ text: String) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    var value: UInt64 = 0
    for (index, part) in parts.enumerated() {
      guard let number = number(part) else { return nil }
      let isLast = index == parts.count - 1
      let bits = isLast ? 8 * (5 - parts.count) : 8
      guard number < 1 << UInt64(bits) else { return nil }
      value = value << UInt64(bits) | number
    }
    return UInt32(truncatingIfNeeded: value)
  }

  private static func number(_ text: Substring) -> UInt64? {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return UInt64(text.dropFirst(2), radix: 16) }
    return UInt64(text, radix: text.count > 1 && text.hasPrefix("0") ? 8 : 10)
  }

  /// Whether an address is not one of the public internet.
  static func isPrivate(_ address: UInt32) -> Bool {
    blocks.contains { block in
      let mask = UInt32.max << (32 - block.bits)
      return address & mask == block.start & mask
    }
  }

  private static let blocks: [(start: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8),  // this network
    (0x0a00_0000, 8),  // private
    (0x6440_0000, 10),  // carrier-grade translation
    (0x7f00_0000, 8),  // loopback
    (0xa9fe_0000, 16),  // link-local, cloud metadata
    (0xac10_0000, 12),  // private
    (0xc000_0000, 24),  // protocol assignments
    (0xc000_0200, 24),  // documentation
    (0xc0a8_0000, 16),  // private
    (0xc612_0000, 15),  // benchmarks
    (0xc633_6400, 24),  // documentation
    (0xcb00_7100, 24),  // documentation
    (0xe000_0000, 3),  // multicast, reserved, broadcast
  ]
}

/// IPv6 addresses in the forms of RFC 4291.
enum IPv6Literal {
  /// The eight words of an address; nil for anything else. A zone (`%eth0`) is not for URLs.
  static func words(_ text: Substring) -> [UInt16]? {
    let halves = text.ranges(of: "::")
    guard halves.count <= 1 else { return nil }
    guard let gap = halves.first else {
      let words = group(text)
      return words?.count == 8 ? words : nil
    }
    guard let head = group(text[..<gap.lowerBound]), let tail = group(text[gap.upperBound...]),
      head.count + tail.count < 8
    else { return nil }
    return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
  }

  private static func group(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var words: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        guard let address = IPv4Literal.address(String(part)) else { return nil }
        words.append(UInt16(address >> 16))
        words.append(UInt16(address & 0xffff))
      } else {
        guard part.utf8.count <= 4, let word = UInt16(part, radix: 16) else { return nil }
        words.append(word)
      }
    }
    return words
  }

  /// Public is 2000::/3, less documentation; forms that carry an IPv4 address are judged by it.
  static func isPrivate(_ words: [UInt16]) -> Bool {
    let embedded = UInt32(words[6]) << 16 | UInt32(words[7])
    if words[0..<5].allSatisfy({ $0 == 0 }), words[5] == 0xffff {
      return IPv4Literal.isPrivate(embedded)
    }
    if words[0] == 0x64, words[1] == 0xff9b { return IPv4Literal.isPrivate(embedded) }
    if words[0] == 0x2002 {
      return IPv4Literal.isPrivate(UInt32(words[1]) << 16 | UInt32(words[2]))
    }
    if words[0] == 0x2001, words[1] == 0xdb8 { return true }
    return words[0] & 0xe000 != 0x2000
  }
}
