import CCurl

/// An address as libcurl's own parser reads it, checked before anything is sent.
struct HTTPAddress: Sendable {
  let url: String
  /// The address without credentials, query and fragment: what may be shown and logged.
  let shown: String
  /// Whether the host is this machine by name or number; proxies are then passed by.
  let isLoopback: Bool

  init(_ url: String) throws(HTTPError) {
    guard let handle = unsafe curl_url() else {
      throw HTTPError(
        .other(Int(CURLE_OUT_OF_MEMORY.rawValue)), "No memory for a request.", context: "")
    }
    defer { unsafe curl_url_cleanup(handle) }
    // A NUL would end the C string early and turn the address into another one.
    guard !url.utf8.contains(0), unsafe curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = unsafe Self.part(CURLUPART_SCHEME, of: handle),
      let host = unsafe Self.part(CURLUPART_HOST, of: handle)
    else {
      throw HTTPError(.invalidURL, "This is not the address of a web server.", context: "")
    }
    for part in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT] {
      unsafe curl_url_set(handle, part, nil, 0)
    }
    self.url = url
    let rest = unsafe Self.part(CURLUPART_URL, of: handle) ?? "\(scheme)://\(host)"
    // Where a password has a slash in it, the path has what was meant for the server.
    shown = rest.contains("@") ? "\(scheme)://\(host)" : rest
    isLoopback =
      host.equalsIgnoringCase("localhost") || host == "[::1]" || Self.isLoopbackNumber(host)
    guard scheme == "http" || scheme == "https" else {
      throw HTTPError(
        .invalidURL, "An address must begin with http:// or https://.", context: shown)
    }
  }

  private static func isLoopbackNumber(_ host: String) -> Bool {
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }

  @unsafe private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text = unsafe text else {
      return nil
    }
    defer { unsafe curl_free(text) }
    return unsafe String(cString: text)
  }
}
