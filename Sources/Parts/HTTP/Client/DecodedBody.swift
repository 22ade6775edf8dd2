import Synchronization

/// The body of one answer between the client's thread and whoever takes it piece by piece: without its content
/// codings.
final class DecodedBody: Sendable {
  /// Nil until the head is there, and where the codings are kept.
  private let decoder = Mutex<ContentDecoder?>(nil)
  private let keepsCodings: Bool
  private let onBody: @Sendable ([UInt8]) throws -> Void

  init(_ request: HTTPRequest, _ onBody: @escaping @Sendable ([UInt8]) throws -> Void) {
    keepsCodings = request.keepsCodings
    self.onBody = onBody
  }

  func begin(_ head: HTTPResponseHead) {
    if keepsCodings { return }
    let codings = head.contentCodings
    decoder.withLock { $0 = ContentDecoder(codings) }
  }

  func append(_ bytes: [UInt8]) throws {
    decoder.withLock { $0?.add(bytes) }
    if keepsCodings { return try onBody(bytes) }
    try passOn()
  }

  /// Hands over what is left, also of an answer that broke off.
  ///
  /// - Returns: How the transfer ended, the codings included.
  func end(
    _ outcome: Result<HTTPResponseHead, HTTPError>, context: String
  ) -> Result<HTTPResponseHead, HTTPError> {
    if case .failure(let error) = outcome, error.code == .stoppedByCaller { return outcome }
    decoder.withLock { $0?.end() }
    do {
      try passOn()
    } catch {
      guard case .success = outcome else { return outcome }
      let thrown = error as? HTTPError
      return .failure(
        thrown
          ?? HTTPError(
            .stoppedByCaller, "The transfer was stopped.", context: context,
            requestMayHaveBeenSent: true, underlying: error))
    }
    let isWhole = decoder.withLock { $0?.isWhole ?? true }
    guard !isWhole, case .success = outcome else { return outcome }
    return .failure(.brokenCoding(context))
  }

  private func passOn() throws {
    while true {
      let (piece, isBomb) = decoder.withLock { decoder in
        (decoder?.next(), decoder?.isBomb ?? false)
      }
      if let piece { try onBody(piece) }
      if isBomb { throw HTTPError.bomb("") }
      if piece == nil { return }
    }
  }
}

extension HTTPError {
  /// A compressed body that breaks off or makes no sense from some place on.
  static func brokenCoding(_ context: String) -> HTTPError {
    HTTPError(
      .cut, "The answer breaks off in the middle of its compressed bytes.", context: context,
      requestMayHaveBeenSent: true)
  }

  /// A few bytes that would become very many.
  static func bomb(_ context: String) -> HTTPError {
    HTTPError(
      .tooLarge, "The answer is larger than any picture once it is unpacked.", context: context,
      requestMayHaveBeenSent: true)
  }
}
