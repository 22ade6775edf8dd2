/// An answer whose body is taken as fast as its reader likes. One reader at a time.
///
/// Letting go of it ends the transfer.
package final class HTTPIncoming: Sendable {
  package let head: HTTPResponseHead

  private let queue: IncomingQueue
  private let loop: CurlLoop
  private let id: UInt64

  init(head: HTTPResponseHead, queue: IncomingQueue, loop: CurlLoop, id: UInt64) {
    self.head = head
    self.queue = queue
    self.loop = loop
    self.id = id
  }

  deinit { if !queue.isOver { loop.cancel(id, isUnconditional: true) } }

  /// What has come since the last call, waiting for at least a byte; nil at the end.
  ///
  /// Does not heed the cancellation of its task: an answer may be worth reading for nobody.
  package func next() async throws(HTTPError) -> [UInt8]? {
    let (piece, wasHeld) = await queue.next()
    if wasHeld { loop.resume(id) }
    return try piece.get()
  }
}
