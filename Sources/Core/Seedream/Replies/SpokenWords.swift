/// The words of a conversation as far as they were read. They come in pieces, a string in an event each, and a
/// picture in them goes on from one piece to the next.
struct SpokenWords {
  /// Looks at their beginning; nil where it is decided.
  var probe: StringProbe? = StringProbe(isNamedBase64: false)
  /// The picture that is under way where a piece has ended.
  var image: InlineImage?
  /// Their last letters, as many as the head of a data URI may have.
  private var tail: [UInt8] = []

  /// The longest head of a data URI that is believed.
  private static let longestHead = 300

  /// Whether a string is a piece of what is said.
  ///
  /// - Parameters:
  ///   - name: Of its field: `content` of `choices[].delta`, or `text` of `delta`.
  ///   - around: The names of the fields around, from the outermost in.
  static func isPiece(named name: [UInt8], in around: [[UInt8]]) -> Bool {
    around.last?.elementsEqual("delta".utf8) == true
      && ["content", "text"].contains { name.elementsEqual($0.utf8) }
  }

  /// Takes a letter that belongs to no picture.
  ///
  /// - Returns: Whether a picture begins behind it: the words end with `data:image/png;base64,`.
  mutating func take(_ letter: UInt8) -> Bool {
    tail.append(letter)
    if tail.count > 2 * Self.longestHead { tail.removeFirst(tail.count - Self.longestHead) }
    return letter == UInt8(ascii: ",") && Self.endsWithHead(tail)
  }

  /// A picture has begun behind the words so far.
  mutating func beginImage() { (probe, tail) = (nil, []) }

  /// Whether a text ends with the head of a data URI of a picture.
  static func endsWithHead(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    let head = text.dropLast()
    guard head.suffix(7).elementsEqual(";base64".utf8) else { return false }
    let tail = head.suffix(longestHead)
    let start = tail.indices.last { tail[$0...].starts(with: "data:".utf8) }
    return start.map { StringProbe.isImage(head: tail[$0...].filter { $0 != 0x5c }) } ?? false
  }
}
