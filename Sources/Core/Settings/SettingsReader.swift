internal import Posix
internal import Seedream
internal import YAML

/// Turns the tree of a configuration file into settings.
struct SettingsReader {
  let file: String

  private static let keys = [
    "gallery", "provider", "model", "size", "watermark", "count", "theme", "providers",
  ]
  private static let providerKeys = [
    "dialect", "base_url", "key_env", "key_command", "key", "model",
  ]

  func settings(_ root: YAMLNode) throws(SettingsError) -> Settings {
    let reader = try MappingReader(root, file: file, keys: Self.keys)
    var settings = Settings()
    settings.gallery = try reader.value("gallery", expected: "a path that begins with / or ~/") {
      $0.hasPrefix("/") || $0.hasPrefix("~/") ? $0 : nil
    }
    settings.model = try reader.text("model", expected: "the name of a model")
    settings.size = try reader.value("size", expected: "a size like 2K or 2048x1536") {
      SizeChoice($0)
    }
    settings.watermark = try reader.value("watermark", expected: "true or false", Self.truth)
    settings.count = try reader.value("count", expected: "a whole number from 1 to 15") { text in
      Int(text).flatMap { (1...15).contains($0) ? $0 : nil }
    }
    settings.theme = try reader.text("theme", expected: "the name of a theme")
    if let member = reader.member("providers"), !member.value.isNull {
      try readProviders(member.value, into: &settings)
    }
    settings.provider = try reader.word("provider", of: settings.providers.map(\.name))
    return settings
  }

  private func readProviders(_ node: YAMLNode, into settings: inout Settings) throws(SettingsError)
  {
    let names = try MappingReader(node, file: file, prefix: "providers", keys: nil)
    for member in names.members {
      try checkName(member, in: names)
      let index = settings.providers.firstIndex { $0.name == member.key }
      let profile = try profile(member, in: names, basedOn: index.map { settings.providers[$0] })
      if let index {
        settings.providers[index] = profile
      } else {
        settings.providers.append(profile)
      }
    }
  }

  private func profile(
    _ member: YAMLMember, in names: MappingReader, basedOn known: ProviderProfile?
  ) throws(SettingsError) -> ProviderProfile {
    if let known, member.value.isNull { return known }
    let reader = try MappingReader(
      member.value, file: file, prefix: names.path(of: member.key), keys: Self.providerKeys)
    var profile = known ?? ProviderProfile(name: member.key, dialect: "ark")
    if let dialect = try reader.word("dialect", of: ProviderProfile.dialects) {
      profile.dialect = dialect
    }
    let address = "an address like https://host/path, without user name, query or fragment"
    if let url = try reader.value("base_url", expected: address, { BaseURL($0) }) {
      profile.baseURL = url
    }
    if let variables = try reader.texts("key_env", expected: "the name of a variable or a list") {
      profile.keyEnvironment = variables
    }
    profile.keyCommand = try reader.text("key_command", expected: "a line for the shell")
    profile.model = try reader.text("model", expected: "the name of a model")
    if let key = reader.member("key") { profile.key = try secret(key, in: reader) }
    if profile.baseURL == nil {
      throw SettingsError(
        .wrongType, file: file, line: member.keyPosition.line, key: reader.path(of: "base_url"),
        "'\(reader.prefix)' needs a 'base_url'")
    }
    return profile
  }

  private func checkName(_ member: YAMLMember, in names: MappingReader) throws(SettingsError) {
    if member.key == ProviderProfile.sandboxName {
      throw SettingsError(
        .notAllowed, file: file, line: member.keyPosition.line, key: names.path(of: member.key),
        "'sandbox' runs inside and has nothing to set")
    }
    let isName = member.key.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    guard !member.key.isEmpty, isName else {
      throw SettingsError(
        .notAllowed, file: file, line: member.keyPosition.line, key: names.path(of: member.key),
        "the provider's name '\(member.key)' must have small letters, digits, '-' and '_' only")
    }
  }

  /// The value is never repeated in an error.
  private func secret(
    _ member: YAMLMember, in reader: MappingReader
  ) throws(SettingsError) -> Secret {
    let path = reader.path(of: member.key)
    guard let text = member.value.text, let secret = Secret(text) else {
      throw SettingsError(
        .notAllowed, file: file, line: member.value.position.line, key: path,
        "'\(path)' must be a key of letters, digits and signs")
    }
    try checkPrivacy(line: member.keyPosition.line, key: path)
    return secret
  }

  private func checkPrivacy(line: Int, key: String) throws(SettingsError) {
    let information: FileInformation
    do {
      information = try FileInformation(of: file)
    } catch {
      throw SettingsError(.unreadable, file: file, "\(error)")
    }
    if information.owner != ThisProcess.user {
      throw SettingsError(
        .notPrivate, file: file, line: line, key: key,
        "a file with a key must belong to you: type  chown $USER \(Self.quoted(file))")
    }
    if information.mode & 0o077 != 0 {
      throw SettingsError(
        .notPrivate, file: file, line: line, key: key,
        "others can read this file and it has a key: type  chmod 600 \(Self.quoted(file))")
    }
  }

  /// As the shell takes it.
  private static func quoted(_ path: String) -> String {
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

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
}
