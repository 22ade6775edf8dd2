/// Turns the header lines that libcurl passes on into heads.
///
/// libcurl reports one line at a time, for interim answers (1xx), redirects it follows, and, after
/// a body in chunks, trailers, which are left out.
struct ResponseHeadParser {
  /// The most that is kept of one head: bytes of all its lines, and lines.
  static let byteLimit = 64 << 10
  static let lineLimit = 256

  enum Step: Equatable {
    case unfinished
    case head(HTTPResponseHead)
    /// An interim answer, to be forgotten.
    case interim
    case tooLarge
    case malformed
  }

  private var status: Int?
  private var headers: [HTTPHeader] = []
  private var byteCount = 0

  mutating func line(_ bytes: some Collection<UInt8>) -> Step {
    byteCount += bytes.count
    let text = Self.trimmed(bytes)
    guard let status else {
      guard let status = Self.status(text) else { return .malformed }
      self.status = status
      return .unfinished
    }
    guard !text.isEmpty else {
      defer { self = ResponseHeadParser() }
      return (100..<200).contains(status) && status != 101
        ? .interim : .head(HTTPResponseHead(status: status, headers: headers))
    }
    guard byteCount <= Self.byteLimit, headers.count < Self.lineLimit else { return .tooLarge }
    if let first = bytes.first, first == 0x20 || first == 0x09, !headers.isEmpty {
      headers[headers.count - 1].value += " " + text  // A folded line, RFC 9112, section 5.2.
      return .unfinished
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return .malformed }
    headers.append(
      HTTPHeader(String(text[..<colon]), Self.trimmed(text[text.index(after: colon)...].utf8)))
    return .unfinished
  }

  private static func status(_ line: String) -> Int? {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), words[1].utf8.count == 3,
      let status = Int(words[1]), (100...999).contains(status)
    else { return nil }
    return status
  }

  private static func trimmed(_ bytes: some Collection<UInt8>) -> String {
    func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
    var text = Array(bytes.drop(while: isSpace))
    while let last = text.last, isSpace(last) { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}
