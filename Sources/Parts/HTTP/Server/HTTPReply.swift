/// What a handler answers.
package struct HTTPReply: Sendable {
  /// 200 to 999.
  package var status: Int
  /// `Date`, `Connection` and the length of the body are added by the server.
  package var headers: [HTTPHeader]
  package var body: HTTPReplyBody

  package init(status: Int = 200, headers: [HTTPHeader] = [], body: HTTPReplyBody = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// One line of plain text.
  package static func text(_ status: Int, _ text: String) -> HTTPReply {
    HTTPReply(
      status: status, headers: [HTTPHeader("Content-Type", "text/plain; charset=utf-8")],
      body: .bytes(Array("\(text)\n".utf8)))
  }
}

/// What a reply carries.
package enum HTTPReplyBody: Sendable {
  case bytes([UInt8])
  /// A part of a regular file, sent by the kernel; if it is not there, or a link leads to it, the reply becomes
  /// a 500.
  case file(path: String, offset: Int, length: Int)
  /// Bytes as they come. The connection ends properly when the closure returns.
  case stream(@Sendable (HTTPReplyWriter) async -> Void)
}
