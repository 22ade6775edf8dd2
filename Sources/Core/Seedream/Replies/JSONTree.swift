/// What a JSON text holds in its order, as far as it matters to the search for pictures; numbers and words
/// are left out.
///
/// A comma too many and line ends within strings are let pass: people write such JSON by hand. Bounded: texts
/// nested deeper than 100 have no tree, and of a list or object no more than a thousand are kept.
enum JSONTree {
  /// The fields, and where the object stands in the text.
  case object([(name: String, value: JSONTree)], Range<Int>)
  case list([JSONTree])
  case string(String)
  case null
  /// A number or a word.
  case other

  /// Nil for what is not JSON.
  init?(_ text: [UInt8]) {
    var reader = JSONTreeReader(text: text)
    guard let tree = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = tree
  }
}

extension JSONTree {
  /// The words that one event adds to what is said: `choices[].delta.content`, or `delta.text`. Nil for
  /// other events.
  var deltaText: String? {
    if case .string(let text)? = self["delta"]?["text"] { return text }
    guard case .list(let choices)? = self["choices"] else { return nil }
    let deltas = choices.compactMap { $0["delta"] }
    guard !deltas.isEmpty else { return nil }
    return deltas.map { delta in
      if case .string(let text)? = delta["content"] { text } else { "" }
    }.joined()
  }

  /// Whether such an event says that nothing more is said, and that it was not cut short.
  var isLastOfWords: Bool {
    guard case .list(let choices)? = self["choices"] else { return false }
    return choices.contains { choice in
      if case .string("stop")? = choice["finish_reason"] { true } else { false }
    }
  }

  /// What else such an event holds.
  var withoutDeltaText: JSONTree {
    guard case .list(let choices)? = self["choices"] else { return self }
    return .list(
      choices.compactMap { $0["delta"] }.map { delta in
        guard case .object(let fields, let range) = delta else { return delta }
        return .object(
          fields.filter { field in
            if case .string = field.value { false } else { true }
          }, range)
      })
  }

  subscript(name: String) -> JSONTree? {
    guard case .object(let fields, _) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }
}

private struct JSONTreeReader {
  private static let deepest = 100
  private static let most = 1000
  let text: [UInt8]
  var index = 0

  init(text: [UInt8]) { self.text = text }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return index == text.count
    }
  }

  private mutating func skipSpace() {
    while index < text.count, [0x20, 0x0a, 0x0d, 0x09].contains(text[index]) { index += 1 }
  }

  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard index < text.count, text[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  mutating func value(depth: Int) -> JSONTree? {
    guard depth < Self.deepest else { return nil }
    skipSpace()
    let start = index
    if takes("{") { return object(from: start, depth: depth) }
    if takes("[") { return list(depth: depth) }
    if takes("\"") { return string().map { .string($0) } }
    while index < text.count, !",]} \n\r\t".utf8.contains(text[index]) { index += 1 }
    if text[start..<index].elementsEqual("null".utf8) { return .null }
    return index > start ? .other : nil
  }

  private mutating func object(from start: Int, depth: Int) -> JSONTree? {
    var fields: [(name: String, value: JSONTree)] = []
    repeat {
      // Nothing, or one comma too many.
      if takes("}") { return .object(fields, start..<index) }
      guard takes("\""), let name = string(), takes(":"), let value = value(depth: depth + 1)
      else { return nil }
      if fields.count < Self.most { fields.append((name, value)) }
    } while takes(",")
    return takes("}") ? .object(fields, start..<index) : nil
  }

  private mutating func list(depth: Int) -> JSONTree? {
    var elements: [JSONTree] = []
    repeat {
      if takes("]") { return .list(elements) }
      guard let value = value(depth: depth + 1) else { return nil }
      if elements.count < Self.most { elements.append(value) }
    } while takes(",")
    return takes("]") ? .list(elements) : nil
  }

  /// The rest of a string, whose first quotation mark is taken.
  private mutating func string() -> String? {
    var bytes: [UInt8] = []
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escape = escape() else { return nil }
        bytes += escape
      default: bytes.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> [UInt8]? {
    guard index < text.count else { return nil }
    let letter = text[index]
    index += 1
    switch letter {
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"), UInt8(ascii: "f"): return [0x20]
    case UInt8(ascii: "u"):
      guard var unit = codeUnit() else { return nil }
      var units = [unit]
      if (0xd800..<0xdc00).contains(unit), index + 1 < text.count,
        text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u")
      {
        index += 2
        guard let second = codeUnit() else { return nil }
        unit = second
        units.append(unit)
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: return [letter]
    }
  }

  private mutating func codeUnit() -> UInt16? {
    guard index + 4 <= text.count else { return nil }
    defer { index += 4 }
    return UInt16(String(decoding: text[index..<index + 4], as: UTF8.self), radix: 16)
  }
}

extension JSONTree {
  /// What stands in its lists of results, and nothing else.
  var results: JSONTree {
    guard case .object(let fields, let range) = self else { return self }
    return .object(fields.filter { FieldName($0.name).isResults }, range)
  }
}
