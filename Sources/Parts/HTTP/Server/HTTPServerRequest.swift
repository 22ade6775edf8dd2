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

  /// The first header under a name, ASCII case aside.
  package func header(_ name: String) -> String? { headers.first(name) }

  /// The first member of the query under exactly this name.
  package func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
