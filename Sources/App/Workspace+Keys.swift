import Posix
import Settings
package import Studio

// How keys reach jobs that wait for them: from the configuration the service reads, and from whoever
// connects and has one. A key goes to the address of its own profile only.

extension Workspace {
  /// Gives the service what keys it lacks and this process has. One that cannot be had is left alone: its
  /// jobs wait and say so.
  func handOverKeys(to client: StudioClient) async {
    guard let missing = try? await client.missingKeys() else { return }
    for connection in missing {
      guard let (profile, url) = profile(of: connection),
        let key = try? await profile.resolveKey(for: url, hiding: settings.keyVariables)
      else { continue }
      var provider = connection
      provider.parallel = profile.parallel
      _ = try? await client.giveKey(key.secret?.reveal(), for: provider)
    }
  }

  /// The profile and the address a connection was made from; nil where it is another one today.
  private func profile(of connection: ProviderConnection) -> (ProviderProfile, BaseURL)? {
    guard let profile = try? settings.profile(named: connection.name) else { return nil }
    let asked = connection.name == providerName ? baseURL : nil
    let url = [profile.baseURL, asked].compactMap(\.self)
      .first { $0.description == connection.baseURL }
    return url.map { (profile, $0) }
  }

  /// What the service finds out by itself, without the environment of whoever sent the job.
  package func keyOfConfiguration(for connection: ProviderConnection) async -> KeyLookup {
    let name = connection.name
    guard let profile = try? settings.profile(named: name) else {
      return .missing(
        "Waits for the key of '\(name)', which the configuration does not have any more: write it "
          + "there again, or cancel the job.")
    }
    guard let url = profile.baseURL, url.description == connection.baseURL else {
      return .missing(
        "Waits for the key of '\(name)' at \(connection.baseURL ?? "another address"), which is not "
          + "the address of that provider: 'darkroom queue --provider \(name) --base-url ADDRESS' "
          + "hands it over.")
    }
    do {
      let key = try await profile.resolveKey(for: url, hiding: settings.keyVariables)
      return key.secret.map { .key($0.reveal()) } ?? .notNeeded
    } catch {
      let variables = profile.keyEnvironment.joined(separator: " or ")
      let place = variables.isEmpty ? "its key is there" : "\(variables) is set"
      return .missing(
        "Waits for the key of '\(name)', which was not written down: any darkroom command run where "
          + "\(place) hands it over, as 'darkroom queue' does.")
    }
  }

  /// How many jobs run at once, by provider, where the configuration says.
  package var parallelJobs: [String: Int] {
    settings.providers.reduce(into: [:]) { limits, profile in
      limits[profile.name] = profile.parallel
    }
  }
}
