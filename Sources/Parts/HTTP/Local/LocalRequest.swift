/// A request to a server on this machine.
package struct LocalRequest: Sendable {
  package var method: String
  /// The path and, behind a question mark, the query, as they are sent.
  package var path: String
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  /// From the call, or the last piece of the body taken up, to the end of the answer; nil is for ever.
  package var limit: Duration?

  package init(
    _ method: String, _ path: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    limit: Duration? = nil
  ) {
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
    self.limit = limit
  }

  /// What is sent before the body; nil where a part of it would say something else than it should.
  var head: [UInt8]? {
    let isPath =
      path.hasPrefix("/") && path.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F }
    guard method.isToken, isPath, headers.areWellFormed else { return nil }
    var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
    if !body.isEmpty || method != "GET" && method != "HEAD" {
      text += "Content-Length: \(body.count)\r\n"
    }
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    return Array("\(text)\r\n".utf8)
  }
}
