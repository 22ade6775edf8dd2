/// A key given by its text.
struct JSONKey: CodingKey, ExpressibleByStringLiteral {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringLiteral text: String) { stringValue = text }
  init(stringValue text: String) { stringValue = text }
  init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<JSONKey> {
  /// The array; nil where it is absent or something else.
  func list(_ key: JSONKey) -> (any UnkeyedDecodingContainer)? {
    contains(key) ? try? nestedUnkeyedContainer(forKey: key) : nil
  }

  /// The object; nil where it is absent or something else.
  func object(_ key: JSONKey) -> KeyedDecodingContainer<JSONKey>? {
    contains(key) ? try? nestedContainer(keyedBy: JSONKey.self, forKey: key) : nil
  }

  /// The value; nil where it is absent, null or of another type.
  func lenient<Value: Decodable>(_ type: Value.Type, _ key: JSONKey) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }

  /// A whole number, also written as a decimal or in a string.
  func integer(_ key: JSONKey) -> Int? {
    if let number = lenient(Int.self, key) { return number }
    if let number = lenient(Double.self, key) { return Int(exactly: number) }
    return lenient(String.self, key).flatMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0) } }
  }

  /// The elements of an array, nil for those that are something else, at most a thousand.
  func elements<Element: Decodable>(_ type: Element.Type, _ key: JSONKey) -> [Element?] {
    guard var list = list(key) else { return [] }
    var elements: [Element?] = []
    while !list.isAtEnd, elements.count < 1000 {
      guard let element = try? list.decode(Lenient<Element>.self) else { break }
      elements.append(element.value)
    }
    return elements
  }
}

/// A value that may be something else than expected, which must not stop its neighbours.
private struct Lenient<Value: Decodable>: Decodable {
  var value: Value?

  init(from decoder: any Decoder) throws {
    value = try? Value(from: decoder)
  }
}
