internal import YAML

/// Takes a mapping of the configuration file apart and says what is wrong with it.
struct MappingReader {
  let file: String
  /// The keys it lies under: `providers.home`; empty at the top.
  let prefix: String
  let members: [YAMLMember]

  /// - Parameter keys: All that may occur; nil where the user picks the names.
  init(_ node: YAMLNode, file: String, prefix: String = "", keys: [String]?) throws(SettingsError) {
    self.file = file
    self.prefix = prefix
    guard case .mapping(let members) = node.content else {
      let what = prefix.isEmpty ? "the file" : "'\(prefix)'"
      throw SettingsError(
        .wrongType, file: file, line: node.position.line, key: prefix,
        "\(what) must hold keys with values, not \(node.kind)")
    }
    self.members = members
    if let keys { try check(keys) }
  }

  /// - Throws: All keys that are not among these.
  func check(_ keys: [String]) throws(SettingsError) {
    var faults = FaultList()
    for member in members where !keys.contains(member.key) {
      faults.add(
        SettingsError(
          .unknownKey, file: file, line: member.keyPosition.line, key: path(of: member.key),
          "unknown key '\(path(of: member.key))'", suggestion: NearestName.of(member.key, in: keys))
      )
    }
    try faults.check()
  }

  func path(of key: String) -> String { prefix.isEmpty ? key : "\(prefix).\(key)" }

  func member(_ key: String) -> YAMLMember? { members.first { $0.key == key } }

  /// The text of a key, or nil where the file does not have the key.
  func text(_ key: String, expected: String) throws(SettingsError) -> String? {
    guard let member = member(key) else { return nil }
    guard let text = member.value.text, !text.isEmpty else {
      throw wrongType(member, expected)
    }
    return text
  }

  /// The text of a key turned into a value; `convert` gives nil for what it does not take.
  func value<Value>(
    _ key: String, expected: String, _ convert: (String) -> Value?
  ) throws(SettingsError) -> Value? {
    guard let text = try text(key, expected: expected), let member = member(key) else { return nil }
    guard let value = convert(text) else { throw notAllowed(member, text, expected) }
    return value
  }

  func wrongType(_ member: YAMLMember, _ expected: String) -> SettingsError {
    SettingsError(
      .wrongType, file: file, line: member.value.position.line, key: path(of: member.key),
      "'\(path(of: member.key))' must be \(expected), not \(member.value.kind)")
  }

  /// A name or a value that cannot stand there, with a sentence of its own.
  func refusal(of member: YAMLMember, _ message: String) -> SettingsError {
    SettingsError(
      .notAllowed, file: file, line: member.keyPosition.line, key: path(of: member.key), message)
  }

  func notAllowed(
    _ member: YAMLMember, _ text: String, _ expected: String, suggestion: String? = nil
  ) -> SettingsError {
    // An address may have a user and a password in it, wherever they were typed.
    let text = text.lastIndex(of: "@").map { "…" + text[$0...] } ?? text
    return SettingsError(
      .notAllowed, file: file, line: member.value.position.line, key: path(of: member.key),
      "'\(path(of: member.key))' must be \(expected), not '\(text)'", suggestion: suggestion)
  }
}

extension YAMLNode {
  /// What it is, for a sentence.
  fileprivate var kind: String {
    switch content {
    case .scalar(let text, _) where self.text == nil || text.isEmpty: "nothing"
    case .scalar(let text, _): "'\(text)'"
    case .sequence: "a list"
    case .mapping: "keys with values"
    }
  }
}
