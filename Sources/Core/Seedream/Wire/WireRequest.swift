/// A request as it goes over the wire, except for the key and the bytes of stored pictures.
public struct WireRequest: Equatable, Sendable {
  /// One header line.
  public struct Header: Equatable, Sendable, Codable {
    /// As written, `Content-Type`.
    public var name: String
    /// One line.
    public var value: String

    /// Joins a name and a value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Appended to the base URL, with a leading slash. The method is always POST.
  public var path: String
  /// All but the one that carries the key; see `Authentication`.
  public var headers: [Header]
  /// The body in order.
  public var body: [BodyPiece]
  /// Whether the reply was asked for picture by picture; it may come in one piece all the same.
  public var streams: Bool

  /// Bytes of the body, exact as long as the stored pictures have the length they were stored with.
  public var contentLength: Int {
    body.reduce(0) { $0 + $1.length }
  }
}

extension WireRequest {
  /// A request whose body is one JSON object.
  static func post(
    _ path: String, _ members: [JSONMember], streams: Bool = false
  ) -> WireRequest {
    WireRequest(
      path: path,
      headers: [
        Header("Content-Type", "application/json"),
        Header("Accept", streams ? "text/event-stream, application/json" : "application/json"),
      ],
      body: JSONWriter.pieces(of: members), streams: streams)
  }

  /// The same with further headers, which replace those of the same name.
  func adding(_ further: [Header]) -> WireRequest {
    var request = self
    for header in further {
      let name = header.name.lowercased()
      request.headers.removeAll { $0.name.lowercased() == name }
      request.headers.append(header)
    }
    return request
  }
}

/// A part of a body: text that is ready, or a picture to be read from the gallery while sending, so
/// that a body with fourteen large references is never in memory at once.
public enum BodyPiece: Equatable, Sendable {
  /// Bytes to send as they are.
  case text([UInt8])
  /// Standard base64, padded, no line breaks (RFC 4648 section 4), of the stored bytes of the
  /// request's reference at `index`, which is `byteCount` bytes long.
  case reference(index: Int, byteCount: Int)

  /// Bytes on the wire.
  public var length: Int {
    switch self {
    case .text(let bytes): bytes.count
    case .reference(_, let byteCount): (byteCount + 2) / 3 * 4
    }
  }
}

/// How a provider wants to see the key.
public enum Authentication: Equatable, Sendable {
  /// It keeps its own.
  case none
  /// `Authorization: Bearer KEY`.
  case bearer
  /// A header of its own: `NAME: KEY`.
  case header(String)

  /// The header for a key; nil where none is sent.
  public func header(key: String) -> WireRequest.Header? {
    switch self {
    case .none: nil
    case .bearer: WireRequest.Header("Authorization", "Bearer \(key)")
    case .header(let name): WireRequest.Header(name, key)
    }
  }
}

/// A reference that is still a path or an id: its bytes must be stored before it can be sent.
public struct UnstoredReference: Error, Equatable, Sendable {
  /// Its place among the references, counted from zero.
  public var index: Int

  /// Names the reference.
  public init(index: Int) {
    self.index = index
  }
}
