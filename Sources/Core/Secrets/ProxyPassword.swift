internal import Posix

/// The passwords in the addresses of proxies.
enum ProxyPassword {
  /// Those that libcurl may find, libcurl-env(3); the environment of a process does not change.
  static let ofEnvironment: [String] = all(in: Environment.all)

  static func all(in environment: [String: String]) -> [String] {
    environment.sorted { $0.key < $1.key }
      .filter { ["http_proxy", "https_proxy", "all_proxy"].contains($0.key.lowercased()) }
      .flatMap { password(in: $0.value) }
  }

  /// As it is written, and as it is meant.
  private static func password(in address: String) -> [String] {
    guard let end = address.lastIndex(of: "@") else { return [] }
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    guard rest.startIndex <= end, let colon = rest[..<end].firstIndex(of: ":") else { return [] }
    let written = String(rest[rest.index(after: colon)..<end])
    let meant = UnescapedText(of: Array(written.utf8), isWhole: true).map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    return [written] + (meant.map { [$0] } ?? [])
  }
}

extension Redaction {
  /// An address as typed without all that may be a user and a password, wherever it stands.
  package static func withoutUser(_ address: String) -> String {
    address.lastIndex(of: "@").map { "…" + address[$0...] } ?? address
  }
}
