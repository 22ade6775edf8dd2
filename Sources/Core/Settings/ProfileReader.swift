internal import Seedream
internal import YAML

/// Reads one provider of the configuration file.
struct ProfileReader {
  /// The families there are.
  let families: [String]

  private static let keys = [
    "dialect", "base_url", "key_env", "key_command", "key", "model", "family", "headers", "limits",
    "parallel", "prices",
  ]

  /// - Parameter known: The built-in profile of that name, which the file changes.
  func profile(
    _ member: YAMLMember, in names: MappingReader, basedOn known: ProviderProfile?
  ) throws(SettingsError) -> ProviderProfile {
    try checkName(member, in: names)
    if let known, member.value.isNull { return known }
    let reader = try MappingReader(
      member.value, file: names.file, prefix: names.path(of: member.key), keys: Self.keys)
    var profile = known ?? ProviderProfile(name: member.key, dialect: Dialect.ark.name)
    if let dialect = try reader.word("dialect", of: ProviderProfile.dialects) {
      profile.dialect = dialect
    }
    let address = "an address like https://host/path, without user name, query or fragment"
    if let url = try reader.value("base_url", expected: address, { BaseURL($0) }) {
      if let fault = url.fault, let member = reader.member("base_url") {
        throw reader.refusal(of: member, "'\(reader.path(of: "base_url"))' \(fault)")
      }
      profile.baseURL = url
    }
    if let variables = try reader.texts("key_env", expected: "the name of a variable or a list") {
      // What is no name is not repeated: it may be the key itself.
      guard variables.allSatisfy(Self.isVariableName) else {
        throw SettingsError(
          .notAllowed, file: names.file, line: reader.member("key_env")?.keyPosition.line,
          key: reader.path(of: "key_env"),
          "'key_env' takes the name of a variable, letters, digits and '_', not the key itself")
      }
      profile.keyEnvironment = variables
    }
    profile.keyCommand = try reader.text("key_command", expected: "a line for the shell")
    profile.model = try reader.text("model", expected: "the name of a model")
    profile.family = try reader.word("family", of: families).map { ModelFamily(rawValue: $0) }
    if let key = reader.member("key") {
      profile.key = try PrivateFile(path: names.file).secret(key, in: reader)
    }
    if profile.baseURL == nil {
      throw SettingsError(
        .wrongType, file: names.file, line: member.keyPosition.line,
        key: reader.path(of: "base_url"), "'\(reader.prefix)' needs a 'base_url'")
    }
    let dialect = Dialect.named(profile.dialect) ?? .ark
    if let headers = try reader.mapping("headers") {
      profile.headers = try HeaderReader(dialect: dialect).headers(headers)
    }
    if let limits = try reader.mapping("limits", keys: LimitsReader.keys) {
      profile.limits = try LimitsReader(families: families).limits(limits, changing: dialect.limits)
    }
    if let parallel = try reader.number("parallel", in: 1...64) { profile.parallel = parallel }
    let priced = families + [Tariff.allFamilies]
    if let prices = try reader.mapping("prices", keys: priced) {
      profile.prices = try PriceReader.ownPrices(prices)
    }
    return profile
  }

  private func checkName(_ member: YAMLMember, in names: MappingReader) throws(SettingsError) {
    if member.key == ProviderProfile.sandboxName {
      throw names.refusal(of: member, "'sandbox' runs inside and has nothing to set")
    }
    let isName = member.key.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    guard !member.key.isEmpty, isName else {
      throw names.refusal(
        of: member,
        "the provider's name '\(member.key)' must have small letters, digits, '-' and '_' only")
    }
  }

  /// As a shell would take it (POSIX, Base Definitions 3.231).
  private static func isVariableName(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x5F
    }
    return isPlain && text.first.map { !$0.isNumber } == true
  }
}
