/// Compact JSON laid out for people.
struct JSONLayout {
  private var result: [UInt8] = []
  private var depth = 0

  /// One member or element a line, two spaces a level. Data URIs longer than a line are cut.
  ///
  /// - Parameter json: As `JSONWriter` writes it: no white space between tokens.
  static func indented(_ json: String) -> String {
    var layout = JSONLayout()
    let bytes = Array(json.utf8)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\"") {
        let end = endOfString(in: bytes, from: index)
        layout.write(string: bytes[index..<end])
        index = end
      } else {
        layout.write(bytes[index])
        index += 1
      }
    }
    return String(decoding: layout.result, as: UTF8.self)
  }

  private mutating func write(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      result.append(byte)
      depth += 1
      startLine()
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      startLine()
      result.append(byte)
    case UInt8(ascii: ","):
      result.append(byte)
      startLine()
    case UInt8(ascii: ":"): result += ": ".utf8
    default: result.append(byte)
    }
  }

  private mutating func write(string: ArraySlice<UInt8>) {
    if string.count > 120, string.starts(with: #""data:image/"#.utf8) {
      result += string.prefix(60)
      result += "… (\(string.count - 2) characters)\"".utf8
    } else {
      result += string
    }
  }

  private mutating func startLine() {
    result += "\n".utf8
    result += String(repeating: "  ", count: max(0, depth)).utf8
  }

  /// The index after the quotation mark that closes the string.
  private static func endOfString(in bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, bytes.count)
  }
}
