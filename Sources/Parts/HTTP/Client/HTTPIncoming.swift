import Synchronization

/// An answer whose body is taken as fast as its reader likes. One reader at a time.
///
/// Letting go of it ends the transfer.
package final class HTTPIncoming: Sendable {
  package let head: HTTPResponseHead

  private struct State {
    /// Nil where the codings are kept.
    var decoder: ContentDecoder?
    /// How the transfer ended, once what came of it has been taken.
    var end: Result<[UInt8]?, HTTPError>?
  }

  private let queue: IncomingQueue
  private let loop: CurlLoop
  private let id: UInt64
  private let context: String
  private let state: Mutex<State>

  init(
    head: HTTPResponseHead, request: HTTPRequest, queue: IncomingQueue, loop: CurlLoop, id: UInt64,
    context: String
  ) {
    self.head = head
    self.queue = queue
    self.loop = loop
    self.id = id
    self.context = context
    let codings = request.keepsCodings ? nil : head.contentCodings
    state = Mutex(State(decoder: codings.map { ContentDecoder($0) }))
  }

  deinit { cancel() }

  /// Ends the transfer at once, whatever its reader does: after what has come, `next` throws `cancelled`.
  package func cancel() { if !queue.isOver { loop.cancel(id, isUnconditional: true) } }

  /// How long its reader has waited for more; zero while it is busy with what came, however long that takes.
  package var quiet: Duration { queue.quiet }

  /// Hands the rest of the body over piece by piece, in the calling task: on an executor of its own that may
  /// wait, for a disk say, and holds up this transfer alone.
  ///
  /// Cancelling the task ends the transfer at once, and this with `cancelled` when what had come is handed over.
  /// What `body` throws ends it with `stoppedByCaller`.
  package func read(_ body: ([UInt8]) throws -> Void) async throws(HTTPError) {
    let outcome = await withTaskCancellationHandler { () async -> Result<Void, HTTPError> in
      do {
        while let bytes = try await next() { try body(bytes) }
        return .success(())
      } catch let error as HTTPError {
        cancel()
        return .failure(error)
      } catch {
        cancel()
        return .failure(
          HTTPError(
            .stoppedByCaller, "The transfer was stopped.", context: context,
            requestMayHaveBeenSent: true, underlying: error))
      }
    } onCancel: {
      cancel()
    }
    return try outcome.get()
  }

  /// The length of the body, where that is known and it is in no content coding: certain once a piece of
  /// it has been taken.
  package var length: Int? {
    guard state.withLock({ $0.decoder?.isPlain ?? true }) else { return nil }
    return head["Content-Length"].flatMap { Int($0) }
  }

  /// What has come since the last call, without its content codings, waiting for at least a byte; nil at the end.
  ///
  /// Does not heed the cancellation of its task: an answer may be worth reading for nobody.
  package func next() async throws(HTTPError) -> [UInt8]? {
    while true {
      let (decoded, isBomb) = state.withLock { state in
        (state.decoder?.next(), state.decoder?.isBomb ?? false)
      }
      if let decoded { return decoded }
      if isBomb { throw .bomb(context) }
      if let end = state.withLock({ $0.end }) {
        let isWhole = state.withLock { $0.decoder?.isWhole ?? true }
        guard try end.get() == nil, isWhole else { throw .brokenCoding(context) }
        return nil
      }
      let (piece, wasHeld) = await queue.next()
      if wasHeld { loop.resume(id) }
      guard case .success(let bytes?) = piece else {
        state.withLock { state in
          state.end = piece
          state.decoder?.end()
        }
        continue
      }
      let isRaw = state.withLock { state in
        state.decoder?.add(bytes)
        return state.decoder == nil
      }
      if isRaw { return bytes }
    }
  }
}
