internal import Seedream
internal import YAML

/// Reads the headers of a profile: a mapping of names to values.
struct HeaderReader {
  /// The one they are added to.
  let dialect: Dialect

  /// Words of a name that say its value is a secret.
  private static let secrets: Set<String> = [
    "auth", "authorization", "authentication", "apikey", "cookie", "credential", "credentials",
    "key", "password", "secret", "signature", "token",
  ]
  /// Those that frame or route a message (RFC 9110, RFC 9112); the client writes them.
  private static let own: Set<String> = [
    "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect",
    "host", "keep-alive", "range", "te", "trailer", "transfer-encoding", "upgrade",
    "x-client-request-id",
  ]

  func headers(_ reader: MappingReader) throws(SettingsError) -> [WireRequest.Header] {
    var headers: [WireRequest.Header] = []
    for member in reader.members {
      let name = member.key.lowercased()
      try check(name, member, in: reader)
      if headers.contains(where: { $0.name.lowercased() == name }) {
        throw reader.refusal(of: member, "the header '\(member.key)' is named twice")
      }
      let value = try value(member, in: reader)
      headers.append(WireRequest.Header(member.key, value))
    }
    return headers
  }

  private func check(
    _ name: String, _ member: YAMLMember, in reader: MappingReader
  ) throws(SettingsError) {
    guard Self.isToken(name) else {
      throw reader.refusal(
        of: member, "the header's name '\(member.key)' must have letters, digits and '-' only")
    }
    let words = name.split { $0 == "-" || $0 == "_" }
    if words.contains(where: { Self.secrets.contains(String($0)) }) || name == keyName {
      throw carriesKey(member, in: reader)
    }
    if Self.own.contains(name) {
      throw reader.refusal(
        of: member, "'\(reader.path(of: member.key))' is written by Darkroom: leave it out")
    }
  }

  /// The value is never repeated in an error.
  private func value(
    _ member: YAMLMember, in reader: MappingReader
  ) throws(SettingsError) -> String {
    guard let value = member.value.text, (1...1000).contains(value.utf8.count),
      value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else {
      throw SettingsError(
        .wrongType, file: reader.file, line: member.value.position.line,
        key: reader.path(of: member.key),
        "'\(reader.path(of: member.key))' must be one line of at most 1000 ASCII characters")
    }
    let scheme = value.prefix { $0 != " " }.lowercased()
    if scheme == "bearer" || scheme == "basic" { throw carriesKey(member, in: reader) }
    return value
  }

  private func carriesKey(_ member: YAMLMember, in reader: MappingReader) -> SettingsError {
    reader.refusal(
      of: member,
      "the header '\(member.key)' would carry a key, and headers are shown: give the key by "
        + "'key_env', 'key_command' or 'key'")
  }

  /// The header in which the dialect sends the key.
  private var keyName: String? { dialect.authentication.header(key: "")?.name.lowercased() }

  /// A token of RFC 9110, 5.6.2, without the signs that nobody uses in names.
  private static func isToken(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
      }
  }
}
