/// A request for a client to make.
package struct HTTPRequest: Sendable {
  package var method: String
  /// An absolute `http` or `https` address; with `unixSocket` its host is only a name.
  package var url: String
  package var headers: [HTTPHeader]
  package var body: HTTPBody
  /// Where a streamed body is read, ahead of what is sent: at most 256 KiB, if `next` gives no more than it is asked
  /// for. There it may wait for a disk, and holds up this request alone; no limit of time runs meanwhile.
  package var bodyExecutor: (any TaskExecutor)?
  /// Called once, on the client's thread, when the last byte of a streamed body has been taken up.
  package var onBodyTakenUp: (@Sendable () -> Void)?
  /// The path of a Unix socket to connect to instead of the address's host, 107 bytes at most.
  package var unixSocket: String?
  package var limits: HTTPLimits
  /// How many redirects are followed, for GET and HEAD without a body only: any other request is
  /// answered with the redirect itself. `Authorization` and `Cookie` stay with the first host.
  package var maximumRedirects: Int
  /// Whether gzip is offered.
  package var acceptsCompression: Bool
  /// Whether the body arrives as it is on the wire, so that a part of it can be asked for later. Otherwise its
  /// content codings are undone, offered or not (`ContentDecoder`), and limits count what comes out; the head
  /// is the one that came.
  package var keepsCodings: Bool
  /// Whether a request with a body may use a connection that was used before, at most two seconds ago, and
  /// leave it to the next one. It is sent once all the same; but a server that closes such a connection just
  /// then makes it fail as one that may have been received. GET and HEAD always may.
  package var sharesConnections: Bool
  /// Judges the number of the address that a connection has reached, after a redirect as well, before
  /// anything is sent there; false ends the transfer with `refusedPeer`. Called on the client's thread,
  /// and never where the environment names a proxy: then only the proxy knows.
  package var admitsPeer: (@Sendable (String) -> Bool)?

  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: HTTPBody = .none,
    unixSocket: String? = nil, limits: HTTPLimits = HTTPLimits(), maximumRedirects: Int = 0,
    acceptsCompression: Bool = false, keepsCodings: Bool = false, sharesConnections: Bool = false,
    admitsPeer: (@Sendable (String) -> Bool)? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.unixSocket = unixSocket
    self.limits = limits
    self.maximumRedirects = maximumRedirects
    self.acceptsCompression = acceptsCompression
    self.keepsCodings = keepsCodings
    self.sharesConnections = sharesConnections
    self.admitsPeer = admitsPeer
  }
}

/// What a request carries.
package enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// Bytes made as they are sent. `next` is called on the client's own thread and must be quick, unless the
  /// request names an executor for it; it returns at most `limit` bytes, and none is the end. Of unknown
  /// length, it is sent in chunks.
  case stream(length: Int?, next: @Sendable (_ limit: Int) throws -> [UInt8])

  package static func text(_ text: String) -> HTTPBody { .bytes(Array(text.utf8)) }
}

/// How long each part of a request may take; nil is for ever.
package struct HTTPLimits: Equatable, Sendable {
  /// Resolving, connecting and the TLS handshake, together.
  package var connect: Duration?
  /// From the connection, or the last piece of the body taken up, to the first byte of the answer.
  package var firstByte: Duration?
  /// Between two pieces of the answer.
  package var idle: Duration?
  /// From the call, or the last piece of the body taken up, to the end of the answer: a slow line up is
  /// bounded by `firstByte`, which each piece begins anew. The time for which this side holds the transfer up does
  /// not count, here and above.
  package var total: Duration?

  package init(
    connect: Duration? = .seconds(30), firstByte: Duration? = nil, idle: Duration? = nil,
    total: Duration? = nil
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}
