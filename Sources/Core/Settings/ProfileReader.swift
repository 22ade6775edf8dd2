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
  /// - Throws: All that is wrong with it.
  func profile(
    _ member: YAMLMember, in names: MappingReader, basedOn known: ProviderProfile?
  ) throws(SettingsError) -> ProviderProfile {
    try checkName(member, in: names)
    if let known, member.value.isNull { return known }
    let reader = try MappingReader(
      member.value, file: names.file, prefix: names.path(of: member.key), keys: nil)
    var profile = known ?? ProviderProfile(name: member.key, dialect: Dialect.ark.name)
    var faults = FaultList()
    _ = faults.attempt { () throws(SettingsError) in try reader.check(Self.keys) }
    let spoken = faults.attempt { () throws(SettingsError) in
      try reader.word("dialect", of: ProviderProfile.dialects)
    }
    if let spoken { profile.dialect = spoken }
    if let url = faults.attempt({ () throws(SettingsError) in try address(reader) }) {
      profile.baseURL = url
    }
    if let names = faults.attempt({ () throws(SettingsError) in try variables(reader) }) {
      profile.keyEnvironment = names
    }
    profile.keyCommand = faults.attempt { () throws(SettingsError) in
      try reader.text("key_command", expected: "a line for the shell")
    }
    profile.model = faults.attempt { () throws(SettingsError) in
      try reader.text("model", expected: "the name of a model")
    }
    profile.family = faults.attempt { () throws(SettingsError) in
      try reader.word("family", of: families).map { ModelFamily(rawValue: $0) }
    }
    if let key = reader.member("key") {
      profile.key = faults.attempt { () throws(SettingsError) in
        try PrivateFile(path: names.file).secret(key, in: reader)
      }
    }
    if profile.baseURL == nil, reader.member("base_url") == nil {
      faults.add(
        SettingsError(
          .wrongType, file: names.file, line: member.keyPosition.line,
          key: reader.path(of: "base_url"), "'\(reader.prefix)' needs a 'base_url'"))
    }
    readTheRest(reader, into: &profile, &faults)
    try faults.check()
    return profile
  }

  private func readTheRest(
    _ reader: MappingReader, into profile: inout ProviderProfile, _ faults: inout FaultList
  ) {
    let dialect = Dialect.named(profile.dialect) ?? .ark
    let headers = faults.attempt { () throws(SettingsError) in
      try reader.mapping("headers").map { headers throws(SettingsError) in
        try HeaderReader(dialect: dialect).headers(headers)
      }
    }
    if let headers { profile.headers = headers }
    let limits = faults.attempt { () throws(SettingsError) in
      try reader.mapping("limits", keys: LimitsReader.keys).map { limits throws(SettingsError) in
        try LimitsReader(families: families).limits(limits, changing: dialect.limits)
      }
    }
    if let limits { profile.limits = limits }
    let parallel = faults.attempt { () throws(SettingsError) in
      try reader.number("parallel", in: 1...64)
    }
    if let parallel { profile.parallel = parallel }
    let priced = families + [Pricing.allFamilies]
    let prices = faults.attempt { () throws(SettingsError) in
      try reader.mapping("prices", keys: priced).map { prices throws(SettingsError) in
        try PriceReader.ownPrices(prices)
      }
    }
    if let prices { profile.prices = prices }
  }

  private func address(_ reader: MappingReader) throws(SettingsError) -> BaseURL? {
    let expected = "an address like https://host/path, without user name, query or fragment"
    guard let url = try reader.value("base_url", expected: expected, { BaseURL($0) }) else {
      return nil
    }
    if let fault = url.fault, let member = reader.member("base_url") {
      throw reader.refusal(of: member, "'\(reader.path(of: "base_url"))' \(fault)")
    }
    return url
  }

  private func variables(_ reader: MappingReader) throws(SettingsError) -> [String]? {
    guard let names = try reader.texts("key_env", expected: "the name of a variable or a list")
    else { return nil }
    // What is no name is not repeated: it may be the key itself.
    guard names.allSatisfy(Self.isVariableName) else {
      throw SettingsError(
        .notAllowed, file: reader.file, line: reader.member("key_env")?.keyPosition.line,
        key: reader.path(of: "key_env"),
        "'key_env' takes the name of a variable, letters, digits and '_', not the key itself")
    }
    return names
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
