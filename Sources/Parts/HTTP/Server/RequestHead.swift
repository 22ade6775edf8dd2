import CMicrohttpd

/// The head of a request as libmicrohttpd has read it, and whether nothing lies between its parts.
///
/// libmicrohttpd 0.9.75 cuts names and values at a NUL, joins folded lines and takes a line feed alone for the
/// end of a line, all without a word. What it hands out points into the bytes that came, so the gaps show.
struct RequestHead {
  let method: String
  let url: String
  let version: String
  let headers: [HTTPHeader]
  let query: [HTTPHeader]
  /// Whether each line ends with CR LF where its contents end, and the parts of the first are one space apart.
  let isStraight: Bool

  /// - Parameter isImproper: Whether the target was seen to have white space in it.
  init(
    _ connection: OpaquePointer, _ method: UnsafePointer<CChar>, _ url: UnsafePointer<CChar>,
    _ version: UnsafePointer<CChar>, isImproper: Bool
  ) {
    unsafe self.method = String(cString: method)
    unsafe self.url = String(cString: url)
    unsafe self.version = String(cString: version)
    let lines = unsafe Self.values(connection, .HEADER_KIND)
    headers = lines.map(\.header)
    query = unsafe Self.values(connection, .GET_ARGUMENT_KIND).map(\.header)
    let start = Int(bitPattern: method)
    let methodEnd = start + self.method.utf8.count
    // Behind the colon, and behind the end of a line.
    var place = Int(bitPattern: version) + self.version.utf8.count + 2
    var isStraight = Int(bitPattern: url) == methodEnd + 1
    for line in lines {
      isStraight = isStraight && line.start == place && line.valueStart > line.nameEnd
      place = line.end + 2
    }
    // The empty line.
    self.isStraight =
      unsafe isStraight && !isImproper && place + 2 - start == cmhd_head_length(connection)
  }

  private struct Line {
    var header: HTTPHeader
    /// Where it lies in memory.
    var start: Int
    var nameEnd: Int
    var valueStart: Int
    var end: Int
  }

  private static func values(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> [Line] {
    var lines: [Line] = []
    unsafe withUnsafeMutablePointer(to: &lines) { list in
      _ = unsafe MHD_get_connection_values_n(connection, kind, Self.collect, list)
    }
    return lines
  }

  private static let collect: MHD_KeyValueIteratorN = {
    context, _, name, nameLength, value, valueLength in
    func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
      unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
    let (start, valueStart) = (Int(bitPattern: name), Int(bitPattern: value))
    let header = unsafe HTTPHeader(text(name, nameLength), text(value, valueLength).trimmedOfSpace)
    unsafe context?.assumingMemoryBound(to: [Line].self).pointee.append(
      Line(
        header: header, start: start, nameEnd: start + nameLength, valueStart: valueStart,
        end: valueStart + valueLength))
    return .YES
  }
}

/// Makes a request out of its head.
struct RequestHeadReader {
  /// The request without its body; its path is empty if it cannot be read.
  let request: HTTPServerRequest
  /// Why it is no request.
  let fault: RequestFraming.Fault?

  init(_ head: RequestHead) {
    var path: String?
    var headers = head.headers
    var fault: RequestFraming.Fault?
    do throws(RequestFraming.Fault) {
      guard head.isStraight else {
        throw RequestFraming.Fault("The lines of the request's head are not proper.")
      }
      let place = try RequestFraming(
        method: head.method, target: head.url, version: head.version, headers: headers
      ).check()
      path = PercentDecoding.decode(place.path.utf8)
      if let host = place.host {
        // RFC 9112, section 3.2.2.
        headers.removeAll { $0.name.equalsIgnoringCase("Host") }
        headers.append(HTTPHeader("Host", host))
      }
    } catch {
      fault = error
    }
    let query = head.query.map { raw in
      (PercentDecoding.decode(raw.name.utf8), PercentDecoding.decode(raw.value.utf8))
    }
    if fault == nil, path == nil || query.contains(where: { $0.0 == nil || $0.1 == nil }) {
      fault = RequestFraming.Fault("The address of the request is not proper.")
    }
    self.fault = fault
    request = HTTPServerRequest(
      method: head.method, path: path ?? "",
      query: query.map { HTTPHeader($0.0 ?? "", $0.1 ?? "") }, headers: headers)
  }

  /// The reply to a request that no handler is to see.
  func refusal(_ screen: HTTPServerScreen) -> HTTPReply? {
    guard let fault else { return nil }
    var reply = screen.malformed(request, fault.status, fault.sentence)
    reply.headers.append(HTTPHeader("Connection", "close"))
    return reply
  }
}

extension String {
  /// Without spaces and tabs at its ends (RFC 9112, section 5.1).
  fileprivate var trimmedOfSpace: String {
    guard let last = utf8.last, last == 0x20 || last == 0x09 else { return self }
    return String(
      self[
        ..<(utf8.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { utf8.index(after: $0) } ?? startIndex)
      ])
  }
}
