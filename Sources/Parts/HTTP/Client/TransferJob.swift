/// A request on its way to the client's thread.
struct TransferJob: Sendable {
  let id: UInt64
  let request: HTTPRequest
  let address: HTTPAddress
  let onHead: @Sendable (HTTPResponseHead) throws -> Void
  let onBody: @Sendable ([UInt8]) throws -> Void
  /// Whether the body has to wait until `CurlLoop.resume(_:)`; nil for a reader that keeps up.
  var isFull: (@Sendable () -> Bool)?
  /// Called after each round of the client's thread in which anything came or went, with all that came
  /// handed over.
  var onRound: (@Sendable () -> Void)?
  /// Whether it goes on when its task is cancelled once anything may have been sent.
  var outlivesTask = false
  /// Called exactly once, at the end.
  let completion: @Sendable (Result<HTTPResponseHead, HTTPError>) -> Void

  func fail(_ code: HTTPError.Code, _ message: String) {
    completion(.failure(HTTPError(code, message, context: address.shown)))
  }
}

/// What happened since the client's thread last slept.
final class CurlRound {
  /// The transfers of which anything came or went, each once.
  var touched: [CurlTransfer] = []
}
