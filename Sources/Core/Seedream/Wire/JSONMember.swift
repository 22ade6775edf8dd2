/// One member of a JSON object on its way out, in the order it is to be written.
///
/// `JSONEncoder` cannot keep an order, nor leave room for bytes that are streamed in later.
struct JSONMember: Sendable {
  var name: String
  var value: JSONValue

  init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

/// A value of a request's body.
enum JSONValue: Sendable {
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case array([JSONValue])
  case object([JSONMember])
  /// The data URI of a stored picture, by its place among the references.
  case inlined(StoredReference, index: Int)
}

/// Writes JSON as pieces, in UTF-8, without a space.
struct JSONWriter {
  private(set) var pieces: [BodyPiece] = []
  private var text: [UInt8] = []

  /// The pieces of one object.
  static func pieces(of members: [JSONMember]) -> [BodyPiece] {
    var writer = JSONWriter()
    writer.write(.object(members))
    writer.flush()
    return writer.pieces
  }

  private mutating func flush() {
    if !text.isEmpty { pieces.append(.text(text)) }
    text = []
  }

  private mutating func write(_ value: JSONValue) {
    switch value {
    case .string(let string): write(string)
    case .integer(let number): text += "\(number)".utf8
    case .number(let number): text += (number.isFinite ? "\(number)" : "null").utf8
    case .boolean(let flag): text += (flag ? "true" : "false").utf8
    case .array(let values):
      write(values, between: "[", and: "]") { $0.write($1) }
    case .object(let members):
      write(members, between: "{", and: "}") { writer, member in
        writer.write(member.name)
        writer.text += ":".utf8
        writer.write(member.value)
      }
    case .inlined(let stored, let index):
      text += "\"data:image/\(stored.format.rawValue);base64,".utf8
      flush()
      pieces.append(.reference(index: index, byteCount: stored.byteCount))
      text += "\"".utf8
    }
  }

  private mutating func write<Element>(
    _ elements: [Element], between open: String, and close: String,
    _ writeElement: (inout JSONWriter, Element) -> Void
  ) {
    text += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { text += ",".utf8 }
      writeElement(&self, element)
    }
    text += close.utf8
  }

  /// Escapes what RFC 8259 section 7 demands and nothing else.
  private mutating func write(_ string: String) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case 0x0a: text += "\\n".utf8
      case 0x0d: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0..<0x20: text += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
