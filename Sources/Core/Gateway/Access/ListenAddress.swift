internal import Seedream

/// Where the gateway listens: `127.0.0.1:8003`, `[::1]:8003`, `:8003` for every address.
package struct ListenAddress: Equatable, Sendable {
  package let host: String
  package let port: Int

  /// The address of the seed.
  package static let standard = ListenAddress(host: "127.0.0.1", port: 8003)

  private init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      case let digits = text[text.index(after: colon)...],
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits)
    else { return nil }
    var host = text[..<colon]
    if host == "[]" { return nil }
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    self.init(host: host.isEmpty ? "0.0.0.0" : String(host), port: Int(port))
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool { PrivateHost.isLoopback(host) }

  /// The address with another port.
  func text(port: Int) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
