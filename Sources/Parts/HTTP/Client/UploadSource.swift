/// Cuts a request's body into what libcurl asks for, and holds it to the length it promised.
struct UploadSource {
  struct Failure: Error {
    let message: String
  }

  /// Whether a streamed body has been taken up whole.
  private(set) var isTakenUp = false
  private let body: HTTPBody
  private let ahead: ReadAhead?
  private var sent = 0

  /// - Parameter onReady: Called when there is more after `fill` has returned nil; from any thread.
  init(_ request: HTTPRequest, onReady: @escaping @Sendable () -> Void) {
    body = request.body
    guard case .stream(_, let next) = request.body, let executor = request.bodyExecutor else {
      ahead = nil
      return
    }
    ahead = ReadAhead(on: executor, next, onReady: onReady)
  }

  /// The length to announce; nil sends chunks.
  static func length(of body: HTTPBody) -> Int? {
    switch body {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .stream(let length, _): length
    }
  }

  /// Fills the buffer from its start and returns how far; zero is the end, and nil that there is nothing yet.
  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
    switch body {
    case .none: return 0
    case .bytes(let bytes):
      let count = min(buffer.count, bytes.count - sent)
      unsafe buffer.copyBytes(from: bytes[sent..<sent + count])
      sent += count
      return count
    case .stream(let length, let next):
      let room = min(buffer.count, length.map { $0 - sent } ?? .max)
      guard room > 0 else { return 0 }
      let piece: [UInt8]
      if let ahead {
        guard let taken = try ahead.take(room) else { return nil }
        piece = taken
      } else {
        piece = try next(room)
      }
      guard piece.count <= room else {
        throw Failure(message: "The request's body gave more bytes than were asked for.")
      }
      if piece.isEmpty, let length, sent < length {
        throw Failure(message: "The request's body ended after \(sent) of \(length) bytes.")
      }
      unsafe buffer.copyBytes(from: piece)
      sent += piece.count
      isTakenUp = length.map { $0 == sent } ?? piece.isEmpty
      return piece.count
    }
  }
}
