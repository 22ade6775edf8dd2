import Posix

/// Asks a server on this machine over its Unix socket, without libcurl: that brings thirty libraries more, for
/// TLS, proxies and names that no local socket has.
///
/// Each request has a connection and a thread of its own, which sleeps in poll(2), so that nothing is sent twice
/// and nothing wakes while nothing comes. There are no redirects and no codings.
package struct LocalHTTPClient: Sendable {
  private let socket: String

  /// - Parameter socket: The path of the server's socket; connected to when something is asked.
  package init(socket: String) { self.socket = socket }

  /// Makes a request and returns the whole answer, whatever its status.
  ///
  /// - Parameter limit: How many bytes of body are taken; one more throws `tooLarge`.
  package func fetch(
    _ request: LocalRequest, limit: Int = 16 << 20
  ) async throws(HTTPError) -> HTTPResponse {
    try await CollectedBody.gather(upTo: limit) { collected async throws(HTTPError) in
      try await stream(request, onBody: collected.append(_:))
    }
  }

  /// Makes a request and hands the answer over as it arrives, never more than 16 KiB at a time.
  ///
  /// Cancelling the task ends the exchange at once with `cancelled`.
  ///
  /// - Parameters:
  ///   - onHead: Called once, before any body, on the thread of the request. Throwing ends the exchange.
  ///   - onBody: Called for each piece on that thread. Throwing ends the exchange with `stoppedByCaller`.
  /// - Returns: The head, once the whole body has been handed over.
  package func stream(
    _ request: LocalRequest,
    onHead: @escaping @Sendable (HTTPResponseHead) throws -> Void = { _ in },
    onBody: @escaping @Sendable (ArraySlice<UInt8>) throws -> Void
  ) async throws(HTTPError) -> HTTPResponseHead {
    let exchange = LocalExchange(socket: socket, request, onHead: onHead, onBody: onBody)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        do throws(PosixError) {
          _ = try WorkThread {
            continuation.resume(
              returning: Result { () throws(HTTPError) in try exchange.run() })
          }
        } catch {
          continuation.resume(
            returning: .failure(
              HTTPError(.other(Int(error.code)), "No thread for a request.", context: socket)))
        }
      }
    } onCancel: {
      exchange.cancel()
    }
    return try outcome.get()
  }
}
