import Synchronization

/// Gathers a body up to a limit.
final class CollectedBody: Sendable {
  private struct Overflow: Error {}

  private let limit: Int
  private let bytes = Mutex<[UInt8]>([])

  private init(limit: Int) { self.limit = limit }

  /// The whole answer of a request; a body that is longer than the limit is an error of its own.
  static func gather(
    upTo limit: Int,
    _ stream: (CollectedBody) async throws(HTTPError) -> HTTPResponseHead
  ) async throws(HTTPError) -> HTTPResponse {
    let collected = CollectedBody(limit: limit)
    do {
      let head = try await stream(collected)
      return HTTPResponse(head: head, body: collected.take())
    } catch {
      guard error.underlying is Overflow else { throw error }
      throw HTTPError(
        .tooLarge, "The answer is larger than \(limit) bytes.", context: error.context,
        requestMayHaveBeenSent: true)
    }
  }

  func expect(_ head: HTTPResponseHead) throws {
    guard let length = head["Content-Length"].flatMap({ Int($0) }) else { return }
    guard length <= limit || head["Content-Encoding"] != nil else { throw Overflow() }
    if length <= limit { bytes.withLock { $0.reserveCapacity(length) } }
  }

  func append(_ piece: some Collection<UInt8>) throws {
    try bytes.withLock { bytes in
      guard piece.count <= limit - bytes.count else { throw Overflow() }
      bytes += piece
    }
  }

  private func take() -> [UInt8] {
    bytes.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
  }
}
