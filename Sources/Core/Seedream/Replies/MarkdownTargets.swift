/// Where the links and pictures of a text lead, in the forms in which programs write them.
struct MarkdownTargets {
  /// The targets in order, and whether each is that of a picture.
  private(set) var found: [(target: String, isImage: Bool)] = []

  /// More than these are no answer to a request for pictures.
  private static let most = 200

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var index = 0
    var isImage = false
    while index < bytes.count, found.count < Self.most {
      let rest = bytes[index...]
      if rest.starts(with: "![".utf8) {
        isImage = true
        index += 2
      } else if rest.starts(with: "](".utf8) {
        let end = add(rest.dropFirst(2), until: { $0 == UInt8(ascii: ")") }, isImage)
        (index, isImage) = (end, false)
      } else if rest.starts(with: "src=\"".utf8) || rest.starts(with: "src='".utf8) {
        let quote = rest[index + 4]
        index = add(rest.dropFirst(5), until: { $0 == quote }, true)
      } else if rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) {
        index = add(rest, until: { "\"'<>()[], ".utf8.contains($0) }, false)
      } else {
        index += 1
      }
    }
  }

  /// Adds the text up to a mark, or to white space; returns where it ends.
  private mutating func add(
    _ text: ArraySlice<UInt8>, until isEnd: (UInt8) -> Bool, _ isImage: Bool
  ) -> Int {
    // `(<address> "title")` is legal too.
    let start = text.first == UInt8(ascii: "<") ? text.dropFirst() : text
    let target = start.prefix { byte in
      !isEnd(byte) && byte != UInt8(ascii: ">") && byte != 0x0a && byte != 0x09
    }
    let words = String(decoding: target, as: UTF8.self)
    let address = words.firstRange(of: " \"").map { String(words[..<$0.lowerBound]) } ?? words
    if !address.isEmpty { found.append((address, isImage)) }
    return max(target.endIndex, text.startIndex + 1)
  }
}
