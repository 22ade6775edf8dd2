import Screen

/// Answers of a terminal that are control sequences.
enum ControlReplies {
  static func reply(_ sequence: ControlSequence) -> TerminalReply {
    let numbers = sequence.parameters.map { $0.first ?? nil }
    switch (sequence.marker, sequence.hasIntermediate, sequence.final) {
    case (UInt8(ascii: "?"), false, UInt8(ascii: "c")):
      return .primaryAttributes(numbers.compactMap { $0 })
    case (UInt8(ascii: "?"), false, UInt8(ascii: "u")):
      return .keyboardFlags((numbers.first ?? nil) ?? 0)
    case (UInt8(ascii: "?"), true, UInt8(ascii: "y")):
      guard numbers.count == 2, let mode = numbers[0], let state = numbers[1] else { return .other }
      return .mode(mode, state)
    case (0, false, UInt8(ascii: "t")):
      guard numbers.count == 3, numbers[0] == 6, let height = numbers[1], let width = numbers[2],
        (1...1024).contains(height), (1...1024).contains(width)
      else { return .other }
      return .cellSize(height: height, width: width)
    default:
      return .other
    }
  }
}

/// Answers of a terminal that are strings: OSC and DCS.
enum StringReplies {
  static func reply(introducer: UInt8, _ bytes: [UInt8]) -> TerminalReply {
    let text = String(decoding: bytes, as: UTF8.self)
    if introducer == UInt8(ascii: "P"), text.hasPrefix(">|") {
      return .version(DisplayText.visible(text.dropFirst(2).prefix(100)))
    }
    // 1 means valid, and to DEC's own terminals 0 did.
    if introducer == UInt8(ascii: "P"), text.hasPrefix("1$r") || text.hasPrefix("0$r"),
      text.hasSuffix("m")
    {
      return .graphicRendition(DisplayText.visible(text.dropFirst(3).dropLast().prefix(100)))
    }
    if introducer == UInt8(ascii: "]"), text.hasPrefix("11;") { return color(text.dropFirst(3)) }
    return .other
  }

  /// `rgb:R/G/B` with one to four hexadecimal digits each (XParseColor), also `rgba:`.
  private static func color(_ text: Substring) -> TerminalReply {
    guard let colon = text.firstIndex(of: ":"), ["rgb", "rgba"].contains(text[..<colon]) else {
      return .other
    }
    let channels = text[text.index(after: colon)...].split(separator: "/").map(channel)
    guard channels.count >= 3, let red = channels[0], let green = channels[1],
      let blue = channels[2]
    else { return .other }
    return .backgroundColor(red: red, green: green, blue: blue)
  }

  private static func channel(_ digits: Substring) -> UInt16? {
    guard (1...4).contains(digits.count), let value = UInt32(digits, radix: 16) else { return nil }
    let largest = UInt32(1) << (4 * UInt32(digits.count)) - 1
    return UInt16(value * 0xFFFF / largest)
  }
}
