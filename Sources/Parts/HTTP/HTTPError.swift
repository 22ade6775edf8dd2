/// What went wrong in a transfer, or with a server.
package struct HTTPError: Error, Sendable {
  /// The part of a request whose time limit ran out.
  package enum Phase: String, Sendable {
    case connect, firstByte, idle, total
  }

  /// Why a server cannot listen.
  package enum Listening: Sendable, Equatable {
    /// Another process answers there.
    case inUse
    /// The system refused; its `errno`.
    case refused(Int32)
    /// libmicrohttpd would not start.
    case notStarted
  }

  package enum Code: Sendable, Equatable {
    case invalidURL
    /// A method, a header or a body length that cannot be sent.
    case invalidRequest
    case couldNotResolve
    case couldNotConnect
    /// The handshake failed or the certificate is not to be trusted.
    case tls
    case timedOut(Phase)
    case cancelled
    /// The connection ended before the message did.
    case cut
    /// The body or the headers exceed their limit.
    case tooLarge
    /// The other side does not speak HTTP properly, or redirects where this program does not go.
    case invalidReply
    case tooManyRedirects
    /// The request does not admit the address that a connection has reached.
    case refusedPeer
    /// A callback of the caller threw; see `underlying`.
    case stoppedByCaller
    case server(Listening)
    /// A CURLcode without a better name, see libcurl-errors(3).
    case other(Int)
  }

  package var code: Code
  /// A sentence for people. It holds no header, no query and no credentials.
  package var message: String
  /// The address without credentials and query, or the path of a socket.
  package var context: String
  /// False only where not a byte of the request can have reached the other side.
  package var requestMayHaveBeenSent: Bool
  /// What a callback threw.
  package var underlying: (any Error)?

  package init(
    _ code: Code, _ message: String, context: String, requestMayHaveBeenSent: Bool = false,
    underlying: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.context = context
    self.requestMayHaveBeenSent = requestMayHaveBeenSent
    self.underlying = underlying
  }
}

extension HTTPError: Equatable {
  /// Errors are equal when all but the foreign `underlying` is.
  package static func == (left: HTTPError, right: HTTPError) -> Bool {
    left.code == right.code && left.message == right.message && left.context == right.context
      && left.requestMayHaveBeenSent == right.requestMayHaveBeenSent
  }
}

extension HTTPError: CustomStringConvertible {
  package var description: String {
    context.isEmpty ? message : "\(message) [\(context)]"
  }
}
