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
  /// The reply to a request whose body does not come to its end; of `.bytes`.
  package var overdue: @Sendable (HTTPServerRequest) -> HTTPReply

  package init(
    refusal: @escaping @Sendable (HTTPServerRequest) -> HTTPReply? = { _ in nil },
    oversized: @escaping @Sendable (HTTPServerRequest, Int) -> HTTPReply = { _, limit in
      .text(413, "The body is larger than \(limit) bytes.")
    },
    crowded: @escaping @Sendable (HTTPServerRequest) -> HTTPReply = { _ in
      .text(503, "Too much is being sent at once; try again in a moment.")
    },
    overdue: @escaping @Sendable (HTTPServerRequest) -> HTTPReply = { _ in
      .text(408, "The body of the request did not come to its end.")
    }
  ) {
    self.refusal = refusal
    self.oversized = oversized
    self.crowded = crowded
    self.overdue = overdue
  }
}
