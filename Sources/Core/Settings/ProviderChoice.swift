internal import Posix

/// The provider that is used, and why it is that one.
package struct ProviderChoice: Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    /// Named on the command line.
    case asked
    /// Named in the configuration file.
    case configured
    /// The first one whose key is in the environment.
    case keyFound(variable: String)
    /// Nobody's key was found.
    case noKey
  }

  package let profile: ProviderProfile
  package let reason: Reason
}

extension ProviderChoice.Reason: CustomStringConvertible {
  /// A clause for people: `ARK_API_KEY is set`.
  package var description: String {
    switch self {
    case .asked: "asked for"
    case .configured: "set in the configuration file"
    case .keyFound(let variable): "\(variable) is set"
    case .noKey: "no key was found, so pictures are drawn on this machine"
    }
  }
}

extension Settings {
  /// Picks the provider: the one asked for, the one configured, the first built in whose key is in the
  /// environment, and the sandbox.
  package func chooseProvider(
    named name: String? = nil, environment: [String: String] = Environment.all
  ) throws(SettingsError) -> ProviderChoice {
    if let name { return ProviderChoice(profile: try profile(named: name), reason: .asked) }
    if let provider {
      return ProviderChoice(profile: try profile(named: provider), reason: .configured)
    }
    for known in ProviderProfile.builtIn {
      let profile = try profile(named: known.name)
      for variable in profile.keyEnvironment where environment[variable]?.isEmpty == false {
        return ProviderChoice(profile: profile, reason: .keyFound(variable: variable))
      }
    }
    return ProviderChoice(profile: .sandbox, reason: .noKey)
  }

  /// The profile of a name.
  package func profile(named name: String) throws(SettingsError) -> ProviderProfile {
    if let profile = providers.first(where: { $0.name == name }) { return profile }
    let names = providers.map(\.name)
    throw SettingsError(
      .unknownProvider, key: "provider",
      "unknown provider '\(name)': there are \(names.joined(separator: ", "))",
      suggestion: NearestName.of(name, in: names))
  }
}
