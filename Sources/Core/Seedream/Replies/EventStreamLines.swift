/// The lines of a server-sent event stream, in pieces of any length.
///
/// Source: HTML Living Standard, section 9.2.6. Lines end with CRLF, LF or CR; comments, `id` and
/// `retry` are passed over. A line that begins with `{` is data whose field some forget. Data is handed on as ranges of the input and never held.
struct EventStreamLines {
  enum Token: Equatable {
    /// A line of data begins.
    case dataLine
    /// Bytes of that line.
    case data(Range<Int>)
    /// The name of the event.
    case event(String)
    /// An empty line.
    case endOfEvent
    /// A line of no known field in which JSON may have been.
    case lostLine
  }

  private enum Field { case name, dataStart, data, eventStart, event, ignored, unknown }

  private var field = Field.name
  private var held: [UInt8] = []
  private var afterReturn = false
  /// Whether a brace or a quotation mark stands in a line of no known field.
  private var hasMarks = false

  /// Whether the bytes that come next are data.
  var isInData: Bool { field == .data }

  /// The next token at or after `index`, which moves past it; nil at the end of the bytes.
  mutating func next(in bytes: [UInt8], at index: inout Int) -> Token? {
    while index < bytes.count {
      let byte = bytes[index]
      if afterReturn {
        afterReturn = false
        if byte == 0x0a {
          index += 1
          continue
        }
      }
      if byte == 0x0a || byte == 0x0d {
        index += 1
        afterReturn = byte == 0x0d
        if let token = endLine() { return token }
        continue
      }
      if field == .data {
        let start = index
        while index < bytes.count, bytes[index] != 0x0a, bytes[index] != 0x0d { index += 1 }
        return .data(start..<index)
      }
      if let token = take(byte, at: &index) { return token }
    }
    return nil
  }

  /// One byte of a line that is not data.
  private mutating func take(_ byte: UInt8, at index: inout Int) -> Token? {
    switch field {
    case .name where held.isEmpty && byte == UInt8(ascii: "{"):
      field = .data
      return .dataLine
    case .name:
      index += 1
      note(byte)
      if byte != UInt8(ascii: ":") {
        if held.count < 8 { held.append(byte) }
        return nil
      }
      defer { held = [] }
      field = field(named: held)
      return field == .dataStart ? .dataLine : nil
    case .dataStart:
      // One space after the colon belongs to the line's form.
      if byte == 0x20 { index += 1 }
      field = .data
    case .eventStart:
      if byte == 0x20 { index += 1 }
      field = .event
    case .event:
      index += 1
      if held.count < 128 { held.append(byte) }
    case .unknown:
      index += 1
      note(byte)
    case .ignored, .data: index += 1
    }
    return nil
  }

  private mutating func note(_ byte: UInt8) {
    hasMarks = hasMarks || "{}\"".utf8.contains(byte)
  }

  private func field(named name: [UInt8]) -> Field {
    if name.elementsEqual("data".utf8) { return .dataStart }
    if name.elementsEqual("event".utf8) { return .eventStart }
    return ["", "id", "retry"].contains { name.elementsEqual($0.utf8) } ? .ignored : .unknown
  }

  private mutating func endLine() -> Token? {
    defer { (field, held, hasMarks) = (.name, [], false) }
    switch field {
    case .name where held.isEmpty: return .endOfEvent
    // A field without a colon is one with an empty value.
    case .name where held.elementsEqual("data".utf8): return .dataLine
    case .event: return .event(String(decoding: held, as: UTF8.self))
    case .name where hasMarks, .unknown where hasMarks: return .lostLine
    default: return nil
    }
  }
}
