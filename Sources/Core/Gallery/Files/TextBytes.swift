/// Whether the first bytes of a file are words rather than a picture: the error page of a gateway, the
/// JSON of a storage.
struct TextBytes {
  private let start: ArraySlice<UInt8>

  /// - Parameter bytes: The start of the file, or all of it.
  init(_ bytes: [UInt8]) {
    let start = bytes.prefix(4096)
    self.start = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start
  }

  /// UTF-8 without control characters other than those of terminals and white space; markup or JSON in
  /// any encoding of one byte; or UTF-16 with its mark.
  var isText: Bool {
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      return start.dropFirst(2).prefix(64).contains(0)
    }
    guard !start.contains(where: Self.isOfNoText) else { return false }
    if isUTF8 { return true }
    let first = start.first { !Self.isBlank($0) }
    return first == UInt8(ascii: "<") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Whether the root of the markup is a drawing.
  var isSVG: Bool {
    guard isText else { return false }
    var rest = Substring(String(decoding: start, as: UTF8.self))
    while true {
      rest = rest.drop { $0.isWhitespace }
      if rest.hasPrefix("<!--") {
        guard let end = rest.firstRange(of: "-->") else { return false }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<?") || rest.hasPrefix("<!") {
        // Declarations inside a document type make this shorter than it is: then it is no SVG we know.
        guard let end = rest.firstIndex(of: ">") else { return false }
        rest = rest[rest.index(after: end)...]
      } else {
        let name = rest.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        return rest.hasPrefix("<") && (name == "svg" || name.hasSuffix(":svg"))
      }
    }
  }

  private var isUTF8: Bool {
    // The last letter may be cut.
    (0...min(3, start.count)).contains {
      String(validating: start.dropLast($0), as: UTF8.self) != nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isOfNoText(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B || byte == 0x7F
  }
}
