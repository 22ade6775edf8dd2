/// Hosts that only their own network reaches: this machine, a house, a company, a cloud's metadata.
///
/// Blocks of addresses: IANA special-purpose registries (RFC 6890, RFC 4193, RFC 6598).
public enum PrivateHost {
  /// Whether a web address names such a host, judged by its spelling alone: names are not looked up.
  public static func isNamed(by url: String) -> Bool {
    if case .privateHost = PublicAddress(url) { true } else { false }
  }

  /// Whether a web address may lead to such a host, as far as its spelling tells: what stands before an `@` is
  /// not the host, and where none can be read it may be any.
  public static func mayBeNamed(by url: String) -> Bool {
    switch PublicAddress(url) {
    case .reachable, .otherScheme: false
    case .malformed, .privateHost: true
    case .withCredentials:
      switch PublicAddress.withoutCredentials(url).map(PublicAddress.init) {
      case .reachable?: false
      default: true
      }
    }
  }

  /// Whether a number is the address of such a host, as getnameinfo(3) writes it.
  public static func isNumber(_ number: String) -> Bool {
    let number = number.prefix { $0 != "%" }
    return PublicAddress.isPrivate(number.contains(":") ? "[\(number)]" : String(number))
  }

  /// Whether a host is this machine: `localhost`, ::1 (without brackets) or 127.0.0.0/8 written out in
  /// decimal digits (RFC 1122, section 3.2.1.3).
  public static func isLoopback(_ host: some StringProtocol) -> Bool {
    if host.lowercased() == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && UInt8(numbers[0]) == 127
      && numbers.allSatisfy {
        $0.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8($0) != nil
      }
  }

  /// Whether two web addresses name one host, whatever the port.
  public static func isShared(by one: String, and other: String) -> Bool {
    guard let host = PublicAddress.host(ofURL: one) else { return false }
    return host == PublicAddress.host(ofURL: other)
  }
}
