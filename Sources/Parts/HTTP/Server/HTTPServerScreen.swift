/// What a server says to requests without asking its handler.
///
/// Called on the server's own threads: it must not wait.
package struct HTTPServerScreen: Sendable {
  /// The reply to a request, judged by its head: a refusal, or one that must not wait for the pool on which
  /// handlers run. Its body is then read and forgotten, or not sent at all by a client that asks before
  /// (`Expect`). Nil takes it in.
  package var refusal: @Sendable (HTTPServerRequest) -> HTTPReply?
  /// The reply to a request whose body is larger than the limit.
  package var oversized: @Sendable (HTTPServerRequest, _ limit: Int) -> HTTPReply
  /// The reply to a request for whose body there is no room beside the others.
  package var crowded: @Sendable (HTTPServerRequest) -> HTTPReply
  /// The reply to a request that does not come to its end, its head included: then nothing of it is known;
  /// of `.bytes`.
  package var overdue: @Sendable (HTTPServerRequest) -> HTTPReply
  /// The reply to a request that is not proper HTTP, of which nothing may be known, with a status and a
  /// sentence that fit; of `.bytes`. The connection ends with it.
  package var malformed: @Sendable (HTTPServerRequest, _ status: Int, String) -> HTTPReply

  package init(
    refusal: @escaping @Sendable (HTTPServerRequest) -> HTTPReply? = { _ in nil },
    oversized: @escaping @Sendable (HTTPServerRequest, Int) -> HTTPReply = { _, limit in
      .text(413, "The body is larger than \(limit) bytes.")
    },
    crowded: @escaping @Sendable (HTTPServerRequest) -> HTTPReply = { _ in
      .text(503, "Too much is being sent at once; try again in a moment.")
    },
    overdue: @escaping @Sendable (HTTPServerRequest) -> HTTPReply = { _ in
      .text(408, "The request did not come to its end.")
    },
    malformed: @escaping @Sendable (HTTPServerRequest, Int, String) -> HTTPReply = {
      _, status, why in
      .text(status, why)
    }
  ) {
    self.refusal = refusal
    self.oversized = oversized
    self.crowded = crowded
    self.overdue = overdue
    self.malformed = malformed
  }
}
