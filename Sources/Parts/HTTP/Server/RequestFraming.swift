/// What the standard has a server refuse in the head of a request (RFC 9112, sections 2 to 7), since whoever reads
/// it otherwise would see other requests in the same bytes.
struct RequestFraming {
  /// Why a request is refused, with its connection: where the next one begins is not certain.
  struct Fault: Error, Equatable {
    var status: Int
    var sentence: String

    init(_ sentence: String, status: Int = 400) {
      self.status = status
      self.sentence = sentence
    }
  }

  var method: String
  /// As it stands in the request line, without the query.
  var target: String
  /// `HTTP/1.1`.
  var version: String
  var headers: [HTTPHeader]

  /// The path that is meant, still percent-encoded, and the host where the target names one.
  func check() throws(Fault) -> (path: String, host: String?) {
    guard method.isToken else { throw Fault("The method of the request is not a word.") }
    guard headers.areWellFormed else {
      throw Fault(
        "A header of the request has no proper name, or a control character in its value.")
    }
    try checkHost()
    try checkLength()
    return try place()
  }

  // MARK: Section 3

  private func place() throws(Fault) -> (path: String, host: String?) {
    let isPlain = target.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    guard isPlain, !target.isEmpty else { throw Fault("The target of the request is not proper.") }
    if target.hasPrefix("/") { return (target, nil) }
    if target == "*", method == "OPTIONS" { return (target, nil) }
    let lower = target.prefix(8).lowercased()
    guard let scheme = ["http://", "https://"].first(where: { lower.hasPrefix($0) }) else {
      throw Fault("The target of the request is neither a path nor an address of the web.")
    }
    let rest = target.dropFirst(scheme.count)
    let host = String(rest.prefix { $0 != "/" })
    guard !host.isEmpty, Self.isHost(host) else {
      throw Fault("The target of the request names no proper host.")
    }
    let path = rest.dropFirst(host.count)
    return (path.isEmpty ? "/" : String(path), host)
  }

  private func checkHost() throws(Fault) {
    let hosts = values("Host")
    guard hosts.count < 2 else { throw Fault("The request has more than one Host.") }
    guard let host = hosts.first else {
      if version == "HTTP/1.0" { return }
      throw Fault("The request has no Host.")
    }
    guard Self.isHost(host) else { throw Fault("The Host of the request is not proper.") }
  }

  /// A name, a number or nothing, and perhaps a port (RFC 3986, section 3.2.2).
  private static func isHost(_ text: String) -> Bool {
    var name = Substring(text)
    if let colon = name.lastIndex(of: ":"), !name[colon...].contains("]") {
      guard name[name.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return false
      }
      name = name[..<colon]
    }
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.dropFirst().dropLast().utf8.allSatisfy { byte in
        (0x30...0x3A).contains(byte) || (0x41...0x46).contains(byte)
          || (0x61...0x66).contains(byte) || byte == UInt8(ascii: ".")
      }
    }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-._~!$&'()*+,;=%".utf8.contains(byte)
      }
    }
  }

  // MARK: Section 6

  private func checkLength() throws(Fault) {
    let lengths = values("Content-Length")
    let codings = values("Transfer-Encoding")
    guard lengths.count < 2 else { throw Fault("The request has more than one Content-Length.") }
    if let length = lengths.first {
      let isNumber = !length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isNumber else { throw Fault("The Content-Length of the request is no number.") }
    }
    guard !codings.isEmpty else { return }
    guard version != "HTTP/1.0" else {
      throw Fault("A request of HTTP/1.0 cannot have a Transfer-Encoding.")
    }
    guard lengths.isEmpty else {
      throw Fault("The request has both a Content-Length and a Transfer-Encoding.")
    }
    // The spelling that libmicrohttpd knows, in any case.
    if codings.count == 1, codings[0].equalsIgnoringCase("chunked") { return }
    let names = codings.joined(separator: ",").split(
      separator: ",", omittingEmptySubsequences: false
    )
    .map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
    let isEndless = names.last != "chunked" || names.dropLast().contains("chunked")
    let known: Set = ["chunked", "gzip", "x-gzip", "deflate", "compress", "x-compress"]
    if isEndless, names.contains(where: { known.contains($0) || $0.isEmpty }) {
      throw Fault("The Transfer-Encoding of the request does not end with chunked, once.")
    }
    throw Fault("The only Transfer-Encoding taken is chunked.", status: 501)
  }

  private func values(_ name: String) -> [String] {
    headers.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
  }
}
