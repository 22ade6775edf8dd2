import Glibc
import Synchronization

/// Makes HTTP requests: one libcurl multi handle on one thread of its own.
///
/// The thread sleeps without a wake-up while nothing happens, also with idle transfers open. Every
/// callback runs on it, so that a slow one holds up its own transfer and, while it runs, all others: what may
/// have to wait takes its answer from `open`, and reads its body on `HTTPRequest.bodyExecutor`.
/// Connections are kept alive and reused, but only for GET and HEAD, and for requests that say so: libcurl
/// silently repeats a request that meets a dead reused connection, and nothing else may be sent twice.
///
/// Proxies come from `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, except that loopback and Unix
/// sockets are always reached directly; trusted certificates from `CURL_CA_BUNDLE`,
/// `SSL_CERT_FILE` and `SSL_CERT_DIR`, read once, as curl(1) does. Certificates are always verified.
package final class HTTPClient: Sendable {
  private let loop: CurlLoop
  private let nextID = Atomic<UInt64>(0)

  /// Starts the thread.
  ///
  /// - Parameter userAgent: The `User-Agent` of requests that carry none of their own.
  package init(userAgent: String) throws(HTTPError) {
    guard [HTTPHeader("User-Agent", userAgent)].areWellFormed else {
      throw HTTPError(.invalidRequest, "The user agent has a control character.", context: "")
    }
    loop = try CurlLoop(CurlSettings(userAgent: userAgent))
    try loop.start()
  }

  deinit { loop.close() }

  /// Ends every transfer with `cancelled` and then the thread; waits for both. Idempotent.
  package func close() { loop.close() }

  /// Makes a request and returns the whole answer, whatever its status.
  ///
  /// - Parameter limit: How many bytes of body are taken; one more throws `tooLarge`.
  package func fetch(
    _ request: HTTPRequest, limit: Int = 16 << 20
  ) async throws(HTTPError) -> HTTPResponse {
    try await CollectedBody.gather(upTo: limit) { collected async throws(HTTPError) in
      try await stream(request, onHead: collected.expect(_:), onBody: collected.append(_:))
    }
  }

  /// Makes a request and hands the answer over as it arrives, never more than 128 KiB at a time.
  ///
  /// Cancelling the task ends the transfer at once with `cancelled`.
  ///
  /// - Parameters:
  ///   - onHead: Called once, before any body, on the client's thread. Throwing ends the transfer.
  ///   - onBody: Called for each piece on the client's thread; it must not wait. Throwing ends the
  ///     transfer with `stoppedByCaller`.
  /// - Returns: The head, once the whole body has been handed over.
  package func stream(
    _ request: HTTPRequest,
    onHead: @escaping @Sendable (HTTPResponseHead) throws -> Void = { _ in },
    onBody: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws(HTTPError) -> HTTPResponseHead {
    let address = try HTTPAddress(request.url)
    try check(request, address)
    let id = nextID.add(1, ordering: .relaxed).newValue
    let body = DecodedBody(request, onBody)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.submit(
          TransferJob(
            id: id, request: request, address: address,
            onHead: { head in
              body.begin(head)
              try onHead(head)
            },
            onBody: { try body.append($0) },
            completion: { continuation.resume(returning: body.end($0, context: address.shown)) }))
      }
    } onCancel: {
      loop.cancel(id, isUnconditional: false)
    }
    return try outcome.get()
  }

  /// Makes a request and returns as soon as the head of the answer is there; the body is then taken piece
  /// by piece. While more than 256 KiB wait to be taken, the server has to wait, and nobody else.
  ///
  /// Cancelling the task before the head is there ends the transfer with `cancelled`; afterwards the
  /// answer lives as long as the value returned.
  ///
  /// - Parameter outlivesTask: Whether the transfer goes on when the task is cancelled once anything may
  ///   have been sent.
  package func open(
    _ request: HTTPRequest, outlivesTask: Bool = false
  ) async throws(HTTPError) -> HTTPIncoming {
    let address = try HTTPAddress(request.url)
    try check(request, address)
    let id = nextID.add(1, ordering: .relaxed).newValue
    let queue = IncomingQueue()
    let outcome = await withTaskCancellationHandler {
      await queue.head {
        loop.submit(
          TransferJob(
            id: id, request: request, address: address, onHead: { queue.take($0) },
            onBody: { queue.append($0) }, isFull: { queue.holdIfFull() },
            onRound: { queue.endRound() }, outlivesTask: outlivesTask,
            completion: { queue.finish($0) }))
      }
    } onCancel: {
      loop.cancel(id, isUnconditional: false)
    }
    return HTTPIncoming(
      head: try outcome.get(), request: request, queue: queue, loop: loop, id: id,
      context: address.shown)
  }

  private func check(_ request: HTTPRequest, _ address: HTTPAddress) throws(HTTPError) {
    func refuse(_ message: String) -> HTTPError {
      HTTPError(.invalidRequest, message, context: address.shown)
    }
    guard request.method.isToken else { throw refuse("The request's method is not a word.") }
    guard request.headers.areWellFormed else {
      throw refuse("A header of the request has a control character, or no proper name.")
    }
    if case .stream(let length?, _) = request.body, length < 0 {
      throw refuse("The request's body has a negative length.")
    }
    if let path = request.unixSocket, path.isEmpty || path.utf8.contains(0) {
      throw refuse("The path of the socket is empty or has a NUL in it.")
    }
  }
}
