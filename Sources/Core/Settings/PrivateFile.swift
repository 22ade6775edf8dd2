internal import Posix
internal import YAML

/// A configuration file that holds keys, and so must be its owner's alone.
struct PrivateFile {
  let path: String

  /// The key that a member holds. Its value is never repeated in an error.
  func secret(
    _ member: YAMLMember, in reader: MappingReader
  ) throws(SettingsError) -> Secret {
    let name = reader.path(of: member.key)
    if let text = member.value.text, !text.isEmpty, let reason = KeyFault.of(text) {
      throw SettingsError(
        .notAllowed, file: path, line: member.value.position.line, key: name,
        "the key in '\(name)' \(reason)")
    }
    guard let text = member.value.text, let secret = Secret(text) else {
      throw SettingsError(
        .notAllowed, file: path, line: member.value.position.line, key: name,
        "'\(name)' must be a key of letters, digits and signs")
    }
    try check(line: member.keyPosition.line, key: name)
    return secret
  }

  private func check(line: Int, key: String) throws(SettingsError) {
    let information: FileInformation
    do {
      information = try FileInformation(of: path)
    } catch {
      throw SettingsError(.unreadable, file: path, "\(error)")
    }
    if information.owner != ThisProcess.user {
      throw SettingsError(
        .notPrivate, file: path, line: line, key: key,
        "a file with a key must belong to you: type  chown $USER \(quoted)")
    }
    if !information.isClosedToOthers {
      throw SettingsError(
        .notPrivate, file: path, line: line, key: key,
        "others can read this file and it has a key: type  chmod 600 \(quoted)")
    }
  }

  /// The path as the shell takes it.
  private var quoted: String {
    let plain = path.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x2D...0x39).contains(byte)
        || byte == 0x5F
    }
    return plain
      ? path
      : "'"
        + path.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: #"'\''"#) + "'"
  }
}
