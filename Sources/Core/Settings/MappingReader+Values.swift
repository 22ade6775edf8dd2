internal import YAML

// Values of more than one kind: numbers, words, lists, further mappings. Nil where the file does not
// have the key.
extension MappingReader {
  func truth(_ key: String) throws(SettingsError) -> Bool? {
    try value(key, expected: "true or false") { text in
      switch text.lowercased() {
      case "true", "yes", "on": true
      case "false", "no", "off": false
      default: nil
      }
    }
  }

  /// - Parameter range: Nil where somebody else judges it.
  func number(
    _ key: String, in range: ClosedRange<Int>? = nil
  ) throws(SettingsError) -> Int? {
    let bounds = range.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
    return try value(key, expected: "a whole number" + bounds) { text in
      Int(text).flatMap { range?.contains($0) ?? true ? $0 : nil }
    }
  }

  /// One of a few words, with the nearest of them in the error.
  func word(_ key: String, of words: [String]) throws(SettingsError) -> String? {
    let expected = Self.oneOf(words)
    guard let text = try text(key, expected: expected), let member = member(key) else { return nil }
    guard words.contains(text) else {
      throw notAllowed(member, text, expected, suggestion: NearestName.of(text, in: words))
    }
    return text
  }

  /// Some of a few words, one or a list.
  func words(_ key: String, of words: [String]) throws(SettingsError) -> [String]? {
    let expected = Self.oneOf(words)
    guard let texts = try texts(key, expected: expected), let member = member(key) else {
      return nil
    }
    if let wrong = texts.first(where: { !words.contains($0) }) {
      throw notAllowed(member, wrong, expected, suggestion: NearestName.of(wrong, in: words))
    }
    return texts
  }

  /// One text or a list of them, which may be empty.
  func texts(_ key: String, expected: String) throws(SettingsError) -> [String]? {
    guard let member = member(key) else { return nil }
    guard case .sequence(let elements) = member.value.content else {
      return try text(key, expected: expected).map { [$0] }
    }
    var texts: [String] = []
    for element in elements {
      guard let text = element.text, !text.isEmpty else { throw wrongType(member, expected) }
      texts.append(text)
    }
    return texts
  }

  /// One text or a list of them, each turned into a value.
  func values<Value>(
    _ key: String, expected: String, _ convert: (String) -> Value?
  ) throws(SettingsError) -> [Value]? {
    guard let texts = try texts(key, expected: expected), let member = member(key) else {
      return nil
    }
    var values: [Value] = []
    for text in texts {
      guard let value = convert(text) else { throw notAllowed(member, text, expected) }
      values.append(value)
    }
    return values
  }

  /// Keys with values below a key; nil also where nothing is below it.
  ///
  /// - Parameter keys: All that may occur; nil where the user picks the names.
  func mapping(_ key: String, keys: [String]? = nil) throws(SettingsError) -> MappingReader? {
    guard let member = member(key), !member.value.isNull else { return nil }
    return try MappingReader(member.value, file: file, prefix: path(of: key), keys: keys)
  }

  private static func oneOf(_ words: [String]) -> String {
    words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
  }
}
