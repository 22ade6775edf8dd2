/// Takes a JSON text apart while it arrives: pictures are decoded on the way, members of a set are
/// handed over one by one, and only the rest is held.
///
/// It follows strings and nesting and trusts nothing else; whether the pieces are JSON, the decoder
/// that reads them finds out.
struct JSONSplitter {
  enum Output {
    /// Decoded bytes of a `b64_json` string.
    case imageBytes(image: Int, [UInt8])
    /// Such a string has ended.
    case imageEnd(InlineImage)
    /// One object of the array `data` of the outermost object.
    case member([UInt8])
    /// The whole text, with numbers of images for their strings and `null` for members.
    case document([UInt8])
  }

  private enum State { case between, string, escape, image, after }
  private enum Key { case image, data, other }

  let limits: ReplyLimits
  private var state = State.between
  private var image: InlineImage?
  private var started = 0
  private var kept: [UInt8] = []
  private var depth = 0
  private var stringStart = 0
  private var key = Key.other
  /// The key whose value comes next.
  private var awaited: Key?
  private var isInData = false
  private var memberStart: Int?

  init(limits: ReplyLimits) {
    self.limits = limits
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

  /// Forgets the text, not how many images there were, for the next one.
  mutating func reset() {
    (state, image, depth, key, awaited) = (.between, nil, 0, .other, nil)
    (isInData, memberStart) = (false, nil)
    kept.removeAll(keepingCapacity: true)
  }

  /// Takes the bytes of a range.
  mutating func feed(
    _ bytes: [UInt8], _ range: Range<Int>, into outputs: inout [Output]
  ) throws(ReplyFault) {
    var index = range.lowerBound
    while index < range.upperBound {
      switch state {
      case .image:
        index = try feedImage(bytes, index..<range.upperBound, into: &outputs)
        guard index < range.upperBound else { return }
        try takeImageByte(bytes[index], into: &outputs)
      case .after: return
      case .string, .escape: try takeInString(bytes[index])
      case .between: try takeBetween(bytes[index], into: &outputs)
      }
      index += 1
    }
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
    var decoded: [UInt8] = []
    let ends = image?.take(byte, into: &decoded) ?? true
    try emit(decoded, into: &outputs)
    guard ends, let ended = image else { return }
    outputs.append(.imageEnd(ended))
    image = nil
    state = .between
    try keep(Array("\(ended.number)".utf8))
  }

  private mutating func takeInString(_ byte: UInt8) throws(ReplyFault) {
    try keep(byte)
    if state == .escape {
      state = .string
    } else if byte == UInt8(ascii: "\\") {
      state = .escape
    } else if byte == UInt8(ascii: "\"") {
      state = .between
      let string = kept[stringStart..<(kept.count - 1)]
      key =
        string.elementsEqual("b64_json".utf8)
        ? .image : string.elementsEqual("data".utf8) ? .data : .other
    }
  }

  private mutating func takeBetween(
    _ byte: UInt8, into outputs: inout [Output]
  ) throws(ReplyFault) {
    let wanted = awaited
    switch byte {
    case 0x20, 0x0a, 0x0d, 0x09: return try keep(byte)
    case UInt8(ascii: ":"): awaited = key
    default: awaited = nil
    }
    switch byte {
    case UInt8(ascii: "\""):
      if wanted == .image { return try startImage() }
      state = .string
      try keep(byte)
      stringStart = kept.count
      return
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if byte == UInt8(ascii: "["), depth == 1, wanted == .data { isInData = true }
      if byte == UInt8(ascii: "{"), depth == 2, isInData { memberStart = kept.count }
      depth += 1
      try keep(byte)
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      try keep(byte)
      close(into: &outputs)
    default: try keep(byte)
    }
    key = .other
  }

  private mutating func close(into outputs: inout [Output]) {
    guard depth > 0 else { return }
    depth -= 1
    if depth == 2, let start = memberStart {
      outputs.append(.member(Array(kept[start...])))
      kept.replaceSubrange(start..., with: "null".utf8)
      memberStart = nil
    } else if depth == 1 {
      isInData = false
    } else if depth == 0 {
      outputs.append(.document(kept))
      state = .after
    }
  }

  private mutating func startImage() throws(ReplyFault) {
    guard started < limits.images else { throw .tooManyImages(limit: limits.images) }
    image = InlineImage(number: started)
    started += 1
    state = .image
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
