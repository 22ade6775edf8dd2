/// A JSON text whose end is missing.
enum TornJSON {
  /// The text up to the last value that is whole, with all that is open closed; nil where there is nothing whole
  /// in it. A number at its end may have gone on.
  static func closed(_ text: [UInt8]) -> [UInt8]? {
    var closers: [UInt8] = []
    var end = 0
    var isAfterColon = false
    var isInScalar = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""):
        guard let last = lastOfString(text, from: index) else { return close(text, end, closers) }
        index = last
        if isAfterColon || closers.last != UInt8(ascii: "}") { end = index + 1 }
        isAfterColon = false
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        closers.append(byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        (end, isAfterColon) = (index + 1, false)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard closers.popLast() == byte else { return nil }
        (end, isAfterColon, isInScalar) = (index + 1, false, false)
      case UInt8(ascii: ":"): isAfterColon = true
      case UInt8(ascii: ","):
        if isInScalar { end = index }
        (isAfterColon, isInScalar) = (false, false)
      case 0x20, 0x09, 0x0a, 0x0d: break
      default: isInScalar = true
      }
      index += 1
    }
    return close(text, end, closers)
  }

  private static func close(_ text: [UInt8], _ end: Int, _ closers: [UInt8]) -> [UInt8]? {
    end > 0 ? text[..<end] + closers.reversed() : nil
  }

  /// Where the quotation mark is that ends a string.
  private static func lastOfString(_ text: [UInt8], from start: Int) -> Int? {
    var index = start + 1
    while index < text.count, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < text.count ? index : nil
  }
}
