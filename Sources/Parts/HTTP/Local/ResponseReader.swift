/// Reads an answer of HTTP/1.1 out of the bytes of its connection (RFC 9112, sections 4 to 7), whatever the pieces
/// they come in.
///
/// Its end must be known: an answer that would last until its connection ends could be torn anywhere.
struct ResponseReader {
  enum Event: Equatable {
    case head(HTTPResponseHead)
    case body(ArraySlice<UInt8>)
  }

  enum Fault: Error {
    /// The head, or what stands between the chunks.
    case tooLarge
    case malformed
  }

  private enum Place {
    case head
    /// In a body, or a chunk of one, with so many bytes to come.
    case counted(Int)
    case chunkLength
    case chunk(Int)
    case chunkEnd
    case trailers
    case end
  }

  /// The most of a line that says how long a chunk is.
  private static let lengthLimit = 4096

  private let hasBody: Bool
  private var place = Place.head
  private var parser = ResponseHeadParser()
  /// The beginning of a line whose end has not come.
  private var line: [UInt8] = []
  private var trailerBytes = 0

  /// - Parameter method: That of the request: there is no body for HEAD.
  init(method: String) { hasBody = method != "HEAD" }

  /// Whether the whole answer was read.
  var isAtEnd: Bool {
    if case .end = place { true } else { false }
  }

  /// Takes bytes from the front of what has come until something is known of them; nil where that needs more
  /// bytes, and at the end.
  mutating func next(_ bytes: inout ArraySlice<UInt8>) throws(Fault) -> Event? {
    while true {
      switch place {
      case .head:
        guard let line = try takeLine(&bytes, limit: ResponseHeadParser.byteLimit) else {
          return nil
        }
        switch parser.line(line) {
        case .unfinished, .interim: break
        case .head(let head):
          place = try bodyPlace(head)
          return .head(head)
        case .tooLarge: throw .tooLarge
        case .malformed: throw .malformed
        }
      case .counted(let count):
        guard let piece = takePiece(&bytes, count) else { return nil }
        place = piece.count == count ? .end : .counted(count - piece.count)
        return .body(piece)
      case .chunkLength:
        guard let line = try takeLine(&bytes, limit: Self.lengthLimit) else { return nil }
        let count = try Self.chunkLength(line)
        place = count == 0 ? .trailers : .chunk(count)
      case .chunk(let count):
        guard let piece = takePiece(&bytes, count) else { return nil }
        place = piece.count == count ? .chunkEnd : .chunk(count - piece.count)
        return .body(piece)
      case .chunkEnd:
        guard let line = try takeLine(&bytes, limit: 2) else { return nil }
        guard line.isEmpty else { throw .malformed }
        place = .chunkLength
      case .trailers:
        guard let line = try takeLine(&bytes, limit: ResponseHeadParser.byteLimit) else {
          return nil
        }
        trailerBytes += line.count
        guard trailerBytes <= ResponseHeadParser.byteLimit else { throw .tooLarge }
        if line.isEmpty { place = .end }
      case .end: return nil
      }
    }
  }

  /// The next line without its end; nil where that has not come.
  private mutating func takeLine(
    _ bytes: inout ArraySlice<UInt8>, limit: Int
  ) throws(Fault) -> [UInt8]? {
    let end = bytes.firstIndex(of: 0x0A)
    line += bytes[..<(end ?? bytes.endIndex)]
    bytes = end.map { bytes[($0 + 1)...] } ?? []
    guard line.count <= limit else { throw .tooLarge }
    guard end != nil else { return nil }
    if line.last == 0x0D { line.removeLast() }
    defer { line = [] }
    return line
  }

  private func takePiece(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> ArraySlice<UInt8>? {
    guard !bytes.isEmpty else { return nil }
    let piece = bytes.prefix(count)
    bytes = bytes.dropFirst(count)
    return piece
  }

  /// How the end of the body is known (RFC 9112, section 6.3).
  private func bodyPlace(_ head: HTTPResponseHead) throws(Fault) -> Place {
    // Nobody asked for another protocol.
    guard head.status >= 200 else { throw .malformed }
    if !hasBody || head.status == 204 || head.status == 304 { return .end }
    func values(_ name: String) -> [String] {
      head.headers.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }
    let codings = values("Transfer-Encoding")
    let lengths = Set(values("Content-Length"))
    if codings.isEmpty, let length = lengths.first, lengths.count == 1, length.utf8.count <= 15,
      length.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(length)
    {
      return count == 0 ? .end : .counted(count)
    }
    // Both at once is how one answer is made to look like two.
    guard lengths.isEmpty, codings.count == 1, codings[0].equalsIgnoringCase("chunked") else {
      throw .malformed
    }
    return .chunkLength
  }

  private static func chunkLength(_ line: [UInt8]) throws(Fault) -> Int {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
    // `Int` alone would take a sign.
    guard (1...15).contains(digits.count), digits.first != 0x2B, digits.first != 0x2D,
      let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw .malformed }
    return count
  }
}
