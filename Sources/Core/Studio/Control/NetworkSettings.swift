import Hashing
import Posix

/// The variables of the environment that decide which way requests go, whom they trust on it, and what
/// time it is: the service has those it was started with, whoever asks it for pictures.
package enum NetworkSettings {
  /// As libcurl-env(3) and `HTTPClient` read them.
  static let variables = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
    "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "TZ",
  ]

  /// Those of this process, by name: enough of a hash to tell values apart, for a proxy's address may hold
  /// a password.
  package static func own(environment: [String: String] = Environment.all) -> [String: String] {
    var settings: [String: String] = [:]
    for name in variables {
      guard let value = environment[name], !value.isEmpty else { continue }
      settings[name] = String(SHA256.hexDigest(of: Array("\(name)=\(value)".utf8)).prefix(16))
    }
    return settings
  }

  /// A sentence where a service goes another way than this process would; nil where it goes the same, or
  /// does not say.
  package static func difference(
    of greeting: ServiceGreeting, environment: [String: String] = Environment.all
  ) -> String? {
    guard let its = greeting.network else { return nil }
    let own = own(environment: environment)
    let names = variables.filter { its[$0] != own[$0] }
    guard !names.isEmpty else { return nil }
    let list = names.joined(separator: ", ")
    return "The service was started with another \(list) than is set here, and its requests go by "
      + "its own: 'darkroom service --stop' lets the next command start one with those of here."
  }
}
