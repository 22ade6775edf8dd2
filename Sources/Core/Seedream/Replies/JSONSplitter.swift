/// Takes a JSON text apart while it arrives: pictures are decoded on the way, members of a set are
/// handed over one by one, and only the rest is held.
///
/// Every string may be a picture (`StringProbe`), and any text may have one in a data URI between its words.
/// It follows strings and nesting and trusts nothing else; whether the pieces are JSON, the decoder
/// that reads them finds out.
struct JSONSplitter {
  enum Output {
    /// Decoded bytes of a picture.
    case imageBytes(image: Int, [UInt8])
    /// Such a string has ended.
    case imageEnd(InlineImage)
    /// One object of the array `data` of the outermost object, or of the outermost array.
    case member([UInt8])
    /// The whole text, with `InlineImage.mark` for images and `null` for members.
    case document([UInt8])
  }

  private enum State { case between, string, image, after }

  let limits: ReplyLimits
  private var state = State.between
  private var image: InlineImage?
  private var started = 0
  private var kept: [UInt8] = []
  /// Whether each open bracket is that of an object, from the outermost in.
  private var isObject: [Bool] = []
  private var stringStart = 0
  private var unescaper = JSONUnescaper()
  /// Looks at the value that is being read; nil for names, and where it is decided.
  private var probe: StringProbe?
  private var isValue = false
  /// The last string that may be a name.
  private var lastName: [UInt8] = []
  /// The names of the objects around, as far as one was read.
  private var names: [[UInt8]] = []
  private var isAfterColon = false
  /// How deep the members of the set lie; nil outside of their array.
  private var memberDepth: Int?
  private var memberStart: Int?
  /// Whether what is said in pieces is read as one text.
  private let joinsWords: Bool
  /// What was said so far, by the index of the choice.
  private var words: [UInt8: SpokenWords] = [:]
  /// The index of the choice that is being read, as far as it was named.
  private var choice: UInt8 = 0
  /// Whether the string that is being read is a piece of what is said.
  private var isInWords = false

  /// - Parameter joinsWords: The texts are events of one stream: what is said in them is one text.
  init(limits: ReplyLimits, joinsWords: Bool = false) {
    self.limits = limits
    self.joinsWords = joinsWords
  }

  /// Whether the bytes that come next belong to a picture.
  var isInImage: Bool { state == .image }
  /// Whether a text has begun and not ended.
  var isOpen: Bool { state != .after && !kept.isEmpty }
  /// Whether a text has begun and ended.
  var isDone: Bool { state == .after }
  /// What is held of a text that has not ended.
  var text: [UInt8] { kept }
  /// The image that is under way.
  var openImage: Int? { image?.number }

  /// A number for one more image of the reply.
  mutating func newImage() throws(ReplyFault) -> Int {
    guard started < limits.images else { throw .tooManyImages(limit: limits.images) }
    started += 1
    return started - 1
  }

  /// Forgets the text, not how many images there were, for the next one.
  mutating func reset() {
    let (started, words) = (started, words)
    var kept = kept
    kept.removeAll(keepingCapacity: true)
    self = JSONSplitter(limits: limits, joinsWords: joinsWords)
    (self.started, self.kept, self.words) = (started, kept, words)
  }

  /// Whether a picture is under way in what is said.
  var isSayingImage: Bool { words.values.contains { $0.image != nil } }

  /// Ends what is said in pieces: the pictures that are under way there, and the rest of their bytes.
  mutating func endWords() -> [(image: InlineImage, rest: [UInt8])] {
    defer { words = [:] }
    return words.sorted { $0.key < $1.key }.compactMap { _, words in
      guard var image = words.image else { return nil }
      var rest: [UInt8] = []
      image.end(into: &rest)
      return (image, rest)
    }
  }

  /// Takes the bytes of a range; returns where it stopped, which is behind the end of the text, or the end of
  /// the range.
  @discardableResult
  mutating func feed(
    _ bytes: [UInt8], _ range: Range<Int>, into outputs: inout [Output]
  ) throws(ReplyFault) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      switch state {
      case .image:
        index = try feedImage(bytes, index..<range.upperBound, into: &outputs)
        guard index < range.upperBound else { return index }
        try takeImageByte(bytes[index], into: &outputs)
      case .after: return index
      case .string: try takeInString(bytes[index], into: &outputs)
      case .between: try takeBetween(bytes[index], into: &outputs)
      }
      index += 1
    }
    return index
  }

  /// Takes base64 as far as it goes; the index returned is that of the first other byte.
  mutating func feedImage(
    _ bytes: [UInt8], _ range: Range<Int>, into outputs: inout [Output]
  ) throws(ReplyFault) -> Int {
    guard image != nil else { return range.lowerBound }
    var decoded: [UInt8] = []
    let end = image?.decodeRun(bytes, range, into: &decoded) ?? range.lowerBound
    try emit(decoded, into: &outputs)
    return end
  }

  // MARK: Images

  private mutating func startImage(
    _ letters: some Sequence<UInt8>, isWhole: Bool, into outputs: inout [Output]
  ) throws(ReplyFault) {
    image = InlineImage(number: try newImage(), isEmbedded: !isWhole || isInWords)
    (probe, state) = (nil, .image)
    if isInWords { words[choice, default: SpokenWords()].beginImage() }
    var decoded: [UInt8] = []
    image?.take(letters: letters, into: &decoded)
    try emit(decoded, into: &outputs)
  }

  private mutating func emit(
    _ decoded: [UInt8], into outputs: inout [Output]
  ) throws(ReplyFault) {
    guard let image, !decoded.isEmpty else { return }
    guard image.byteCount <= limits.imageBytes else {
      throw .imageTooLarge(limit: limits.imageBytes)
    }
    outputs.append(.imageBytes(image: image.number, decoded))
  }

  private mutating func takeImageByte(
    _ byte: UInt8, into outputs: inout [Output]
  ) throws(ReplyFault) {
    if isInWords, byte == UInt8(ascii: "\""), image?.isInEscape == false {
      // It goes on in the next piece.
      words[choice, default: SpokenWords()].image = image
      image = nil
      try keep(byte)
      return endString(into: &outputs)
    }
    var decoded: [UInt8] = []
    let step = image?.take(byte, into: &decoded) ?? .ended
    try emit(decoded, into: &outputs)
    guard step != .goesOn, let ended = image else { return }
    outputs.append(.imageEnd(ended))
    image = nil
    try keep(Array(InlineImage.mark(ended.number).utf8))
    switch step {
    case .goesOn: break
    case .ended:
      try keep(UInt8(ascii: "\""))
      endString(into: &outputs)
    case .endedBefore(let bytes):
      state = .string
      try keep(bytes)
    }
  }

  // MARK: Strings

  private mutating func takeInString(
    _ byte: UInt8, into outputs: inout [Output]
  ) throws(ReplyFault) {
    if !unescaper.isInEscape, byte == UInt8(ascii: "\"") {
      if isInWords {
        words[choice, default: SpokenWords()].probe = probe
      } else if case .image(let first) = probe?.end() {
        try startWhole(first, into: &outputs)
        return try takeImageByte(byte, into: &outputs)
      }
      try keep(byte)
      return endString(into: &outputs)
    }
    try keep(byte)
    let letter = unescaper.take(byte)
    guard isValue else { return }
    switch letter {
    case .none: return
    case .foreign: probe = nil
    case .plain(let letter), .escaped(let letter):
      let isBehindHead = isInWords && words[choice, default: SpokenWords()].take(letter)
      switch probe?.take(letter) {
      case .undecided?: return
      case .image(let first)?: return try startWhole(first, into: &outputs)
      case .text?, nil: probe = nil
      }
      if letter == UInt8(ascii: ","),
        isBehindHead || !isInWords && SpokenWords.endsWithHead(kept[stringStart...])
      {
        try startImage([], isWhole: false, into: &outputs)
      }
    }
  }

  private mutating func startWhole(
    _ first: Int, into outputs: inout [Output]
  ) throws(ReplyFault) {
    let letters = probe?.letters.dropFirst(first) ?? []
    kept.removeSubrange(stringStart...)
    try startImage(letters, isWhole: true, into: &outputs)
  }

  private mutating func endString(into outputs: inout [Output]) {
    state = .between
    probe = nil
    if !isValue {
      lastName = Array(kept[stringStart..<(kept.count - 1)].prefix(80))
    }
    isAfterColon = false
    if isObject.isEmpty { end(into: &outputs) }
  }

  private mutating func startString() throws(ReplyFault) {
    isValue = isAfterColon || isObject.last != true
    (state, isInWords) = (.string, false)
    try keep(UInt8(ascii: "\""))
    stringStart = kept.count
    guard isValue else { return }
    // An element of a list has the name of the list.
    let name = isObject.last == true ? lastName : names.last ?? []
    isInWords = joinsWords && SpokenWords.isPiece(named: name, in: names)
    if isInWords {
      var spoken = words[choice] ?? SpokenWords()
      probe = spoken.probe
      if let open = spoken.image {
        (image, state) = (open, .image)
        spoken.image = nil
      }
      words[choice] = spoken
      return
    }
    probe = StringProbe(isNamedBase64: FieldName(String(decoding: name, as: UTF8.self)).isBase64)
  }

  // MARK: Between strings

  private mutating func takeBetween(
    _ byte: UInt8, into outputs: inout [Output]
  ) throws(ReplyFault) {
    switch byte {
    case UInt8(ascii: "\""): return try startString()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try open(byte)
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      try keep(byte)
      close(into: &outputs)
    case UInt8(ascii: ":"):
      isAfterColon = true
      try keep(byte)
    case 0x20, 0x0a, 0x0d, 0x09: try keep(byte)
    default:
      if isAfterColon, lastName.elementsEqual("index".utf8) { choice = byte }
      isAfterColon = false
      try keep(byte)
    }
  }

  private mutating func open(_ byte: UInt8) throws(ReplyFault) {
    let isList = byte == UInt8(ascii: "[")
    let depth = isObject.count
    let isSet = depth == 1 && isObject[0] && isAfterColon && lastName.elementsEqual("data".utf8)
    if isList, depth == 0 || isSet { memberDepth = depth + 1 }
    if !isList, depth == memberDepth { memberStart = kept.count }
    names.append(isObject.last == true ? lastName : names.last ?? [])
    isObject.append(!isList)
    isAfterColon = false
    try keep(byte)
  }

  private mutating func close(into outputs: inout [Output]) {
    guard isObject.popLast() != nil else { return }
    names.removeLast()
    isAfterColon = false
    let depth = isObject.count
    if depth == memberDepth, let start = memberStart {
      outputs.append(.member(Array(kept[start...])))
      kept.replaceSubrange(start..., with: "null".utf8)
      memberStart = nil
    } else if let member = memberDepth, depth < member {
      memberDepth = nil
    }
    if depth == 0 { end(into: &outputs) }
  }

  private mutating func end(into outputs: inout [Output]) {
    outputs.append(.document(kept))
    state = .after
  }

  private mutating func keep(_ byte: UInt8) throws(ReplyFault) {
    guard kept.count < limits.documentBytes else {
      throw .documentTooLarge(limit: limits.documentBytes)
    }
    kept.append(byte)
  }

  private mutating func keep(_ bytes: [UInt8]) throws(ReplyFault) {
    for byte in bytes { try keep(byte) }
  }
}
