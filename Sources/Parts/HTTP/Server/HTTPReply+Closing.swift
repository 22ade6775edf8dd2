import CServerHooks

extension HTTPReply {
  /// As it goes over the wire when nothing is to follow (RFC 9112).
  var asClosingMessage: [UInt8] {
    guard case .bytes(let content) = body else { return [] }
    let fields =
      [HTTPHeader("Date", Self.date)] + headers
      + [HTTPHeader("Content-Length", "\(content.count)"), HTTPHeader("Connection", "close")]
    let head = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("HTTP/1.1 \(status) \(reason)\r\n\(head)\r\n".utf8) + content
  }

  /// RFC 9110, section 15.
  private var reason: String {
    switch status {
    case 400: "Bad Request"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 505: "HTTP Version Not Supported"
    default: "Refused"
    }
  }

  private static var date: String {
    var text = [CChar](repeating: 0, count: 30)
    unsafe cserver_date(&text)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
