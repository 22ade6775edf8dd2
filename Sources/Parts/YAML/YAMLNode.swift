/// A value of a YAML document with the place where it begins.
package struct YAMLNode: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    /// A text. Quoted or not matters to who reads `"2"` as a word and `2` as a number.
    case scalar(String, isQuoted: Bool)
    case sequence([YAMLNode])
    /// In the order of the file; no key occurs twice.
    case mapping([YAMLMember])
  }

  package let content: Content
  package let position: YAMLPosition

  package init(_ content: Content, at position: YAMLPosition) {
    self.content = content
    self.position = position
  }

  /// Nil for a plain `~`, `null` or nothing at all, as in the core schema of YAML 1.2, and for anything
  /// that is not a scalar.
  package var text: String? {
    guard case .scalar(let text, let isQuoted) = content else { return nil }
    return !isQuoted && ["", "~", "null", "Null", "NULL"].contains(text) ? nil : text
  }

  /// Whether this is the empty value of the core schema.
  package var isNull: Bool {
    if case .scalar = content { return text == nil }
    return false
  }

  /// The members of a mapping; empty for anything else.
  package var members: [YAMLMember] {
    if case .mapping(let members) = content { return members }
    return []
  }

  /// The value of a key of a mapping.
  package subscript(key: String) -> YAMLNode? {
    members.first { $0.key == key }?.value
  }
}

/// A key of a mapping and its value.
package struct YAMLMember: Equatable, Sendable {
  package let key: String
  package let keyPosition: YAMLPosition
  package let value: YAMLNode

  package init(key: String, at keyPosition: YAMLPosition, value: YAMLNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

/// Line and column, both counted from one; the column counts characters.
package struct YAMLPosition: Equatable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
