extension APIError {
  /// The same error, and where the answer led to where it was a redirect (RFC 9110, 15.4), which no
  /// request that may be paid for follows.
  ///
  /// - Parameter location: The reply's `Location`. Of it only scheme, host and path are told: user names
  ///   and queries may be secrets.
  public func leading(to location: String?) -> APIError {
    guard let status, (300..<400).contains(status), let location,
      let place = Self.place(of: location)
    else { return self }
    var error = self
    error.message = "\(Self.leadsElsewhere), to \(place) (HTTP \(status)). Check the base URL."
    return error
  }

  static let leadsElsewhere = "The address of the provider sends elsewhere"

  /// What may be shown of an address; nil where it is none.
  private static func place(of location: String) -> String? {
    var rest = location.trimmed.prefix { $0 != "?" && $0 != "#" }
    let mark = rest.firstRange(of: "//")
    let scheme = mark.map { rest[..<$0.lowerBound] } ?? ""
    let isAbsolute =
      mark != nil && (scheme.isEmpty || scheme.last == ":" && !scheme.contains("/"))
    guard isAbsolute, let mark else {
      // Without a scheme it is a path on the same host; with "@" or ":" in it nobody knows what it is.
      guard !rest.isEmpty, !rest.contains(where: { "@:\\".contains($0) }) else { return nil }
      return "another path of the same host, " + String(rest).shown(limit: 100)
    }
    rest = rest[mark.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "\\" }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard !host.isEmpty else { return nil }
    let path = rest[authority.endIndex...]
    let shownPath = path.contains { "@\\".contains($0) } ? "" : path
    return String(scheme + "//" + host + shownPath).shown(limit: 200)
  }
}
