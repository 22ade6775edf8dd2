import Seedream

/// One look at the bytes of a JSON body, before the decoder sees it: what would cost it much, and can be no
/// request for pictures, goes no further. Linear, and without a copy.
///
/// What it does not recognise it leaves to the decoder.
struct BodyScan {
  /// How deep a body may nest: a member of an object in a list needs four.
  static let deepest = 32
  /// Members and elements together; a request has a few dozen.
  static let mostValues = 4096
  static let mostReferences = 100
  static let longestNumber = 400

  /// The members of the outermost object, as they are spelled.
  private var names: Set<ArraySlice<UInt8>> = []
  private var depth = 0
  private var values = 0
  private var references = 0
  /// The member of the outermost object that is being read.
  private var member: ArraySlice<UInt8> = []
  private var isName = false

  /// - Throws: `Refusal` for what is not to be decoded.
  static func check(_ body: [UInt8]) throws(Refusal) {
    var scan = BodyScan()
    var place = 0
    while place < body.count {
      let byte = body[place]
      switch byte {
      case UInt8(ascii: "\""):
        let (end, length) = end(ofText: place + 1, in: body)
        try scan.take(text: body[min(place + 1, end)..<end], length: length)
        place = end
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        scan.depth += 1
        guard scan.depth <= deepest else {
          throw .unreadable("its values nest deeper than \(deepest).")
        }
        scan.isName = scan.depth == 1 && byte == UInt8(ascii: "{")
        try scan.countValue()
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        scan.depth -= 1
      case UInt8(ascii: ","):
        if scan.depth == 1 { scan.isName = true }
        try scan.countValue()
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let end = body[place...].prefix(longestNumber + 1).firstIndex { !$0.isOfNumber }
        guard let end = end ?? (body.count - place <= longestNumber ? body.count : nil) else {
          throw .unreadable("it has a number of more than \(longestNumber) digits.")
        }
        place = end - 1
      default: break
      }
      place += 1
    }
  }

  private mutating func countValue() throws(Refusal) {
    values += 1
    guard values <= Self.mostValues else {
      if member.elementsEqual("image".utf8) { throw Self.tooManyReferences }
      throw .unreadable("it has more than \(Self.mostValues) values.")
    }
    guard depth == 2, member.elementsEqual("image".utf8) else { return }
    references += 1
    guard references <= Self.mostReferences else { throw Self.tooManyReferences }
  }

  private static let tooManyReferences = Refusal([
    .wrongValue(["image"], "number of reference images cannot exceed \(mostReferences)")
  ])

  /// - Parameter length: Of the text once it is decoded.
  private mutating func take(text: ArraySlice<UInt8>, length: Int) throws(Refusal) {
    if depth == 1, isName {
      isName = false
      member = text
      guard length <= 1000 else { throw .unreadable("it has a member with an endless name.") }
      guard names.insert(text).inserted else {
        let name = String(decoding: text.prefix(60), as: UTF8.self)
        throw .unreadable("its member \(name.shownInLine) is there twice.")
      }
      return
    }
    guard length > GenerationRequest.maximumPromptBytes, !member.elementsEqual("image".utf8)
    else { return }
    if depth == 1, member.elementsEqual("prompt".utf8) {
      throw Refusal([.wrongValue(["prompt"], "must be at most 1 MB of text")])
    }
    throw .unreadable("it has a text of more than 1 MB.")
  }

  /// Where a text ends, at its quotation mark or with the body, and how many bytes of UTF-8 it stands for.
  private static func end(ofText start: Int, in body: [UInt8]) -> (end: Int, length: Int) {
    var place = start
    var length = 0
    while place < body.count {
      switch body[place] {
      case UInt8(ascii: "\""): return (place, length)
      case UInt8(ascii: "\\"):
        let isUnicode = place + 1 < body.count && body[place + 1] == UInt8(ascii: "u")
        length += isUnicode ? width(ofEscape: body[place...].dropFirst(2).prefix(4)) : 1
        place += isUnicode ? 6 : 2
      default:
        length += 1
        place += 1
      }
    }
    return (body.count, length)
  }

  /// Half of a surrogate pair is half of four bytes.
  private static func width(ofEscape digits: ArraySlice<UInt8>) -> Int {
    let number = Int(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
    return number < 0x80 ? 1 : number < 0x800 || 0xD800..<0xE000 ~= number ? 2 : 3
  }
}

extension UInt8 {
  /// Whether it can stand in a number of JSON.
  fileprivate var isOfNumber: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: ".eE+-".utf8.contains(self)
    }
  }
}

extension String {
  /// Without what would move a terminal's cursor.
  fileprivate var shownInLine: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}
