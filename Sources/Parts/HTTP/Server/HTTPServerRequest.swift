/// A request as a server's handler sees it.
package struct HTTPServerRequest: Sendable {
  package let method: String
  /// Begins with "/". Percent-decoded, proper UTF-8, without NUL; "." and ".." are left as they are.
  package let path: String
  /// Decoded in the same way, "+" read as a space; a member without "=" has an empty value.
  package let query: [HTTPHeader]
  package let headers: [HTTPHeader]
  package let body: [UInt8]

  package init(
    method: String, path: String, query: [HTTPHeader] = [], headers: [HTTPHeader] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// Scheme, host and port as the client calls this server, without a slash at the end; `http://localhost`
  /// where its `Host` is no plain one. A server in front that speaks TLS says so in `X-Forwarded-Proto`.
  package var origin: String {
    let isSecure = header("X-Forwarded-Proto")?.lowercased() == "https"
    let host = header("Host") ?? ""
    let isPlain = host.utf8.allSatisfy { byte in
      (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || ".-[]_".utf8.contains(byte)
    }
    let isProper = isPlain && !host.isEmpty && host.utf8.count < 256
    return (isSecure ? "https://" : "http://") + (isProper ? host : "localhost")
  }

  /// The first header under a name, ASCII case aside.
  package func header(_ name: String) -> String? { headers.first(name) }

  /// The first member of the query under exactly this name.
  package func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
