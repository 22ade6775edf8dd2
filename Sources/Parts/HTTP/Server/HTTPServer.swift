import CMicrohttpd
import CServerHooks
import Posix
import Synchronization

/// Where a server listens.
package enum HTTPListener: Equatable, Sendable {
  /// A host name or number; port 0 takes a free one.
  case tcp(host: String, port: Int)
  /// A socket file for its owner only, 107 bytes at most. Its directory's rights are the caller's
  /// to set. A file that a dead server left is replaced; it is removed when the server stops.
  case unixSocket(path: String)
}

/// What clients may ask of a server.
package struct HTTPServerLimits: Equatable, Sendable {
  /// A larger body is answered with 413.
  package var maximumBodyBytes: Int
  /// What the bodies of all requests under way may have in memory together; one that finds no room is answered
  /// with 503.
  package var allBodiesBytes: Int
  /// After how many seconds without a byte a connection is closed, unless its answer is being
  /// prepared; in the middle of a request's body with 408. Zero is never.
  package var idleSeconds: Int
  /// After how many seconds, from its first byte on, a head that is not complete is answered with 408. It may
  /// take a quarter more until that is seen.
  package var headSeconds: Int
  /// After how many seconds a body that trickles in is answered with 408.
  package var receivingSeconds: Int
  /// How many connections are open at most. Whoever comes then takes the place of the ones that have sent no
  /// whole request for longest, and is closed where there are none.
  package var connections: Int
  /// How many of these one address may have, or one /64 of IPv6.
  package var connectionsPerAddress: Int

  package init(
    maximumBodyBytes: Int = 64 << 20, allBodiesBytes: Int = .max, idleSeconds: Int = 60,
    headSeconds: Int = 20, receivingSeconds: Int = 900, connections: Int = 4096,
    connectionsPerAddress: Int = 3072
  ) {
    self.maximumBodyBytes = maximumBodyBytes
    self.allBodiesBytes = allBodiesBytes
    self.idleSeconds = idleSeconds
    self.headSeconds = headSeconds
    self.receivingSeconds = receivingSeconds
    self.connections = connections
    self.connectionsPerAddress = connectionsPerAddress
  }
}

/// Answers HTTP requests: libmicrohttpd on one epoll thread, and a task for each request.
///
/// While a handler thinks or a stream has nothing to say, its connection is suspended and nothing
/// wakes up. A client that goes away cancels the task of its request. `HEAD` goes to the handler
/// like `GET`; the body of the reply is then left out and a stream is not run.
package final class HTTPServer: Sendable {
  /// The port listened on; zero for a Unix socket.
  package let port: Int

  private let core: ServerCore
  private let listening: ListeningSocket
  /// Nil after the end.
  private let daemon: Mutex<ForeignHandle?>

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - screen: Asked before the body of a request is kept.
  ///   - handler: Makes the reply to one request, on the cooperative pool; its task is cancelled when
  ///     the client goes away or the server stops.
  package init(
    on listener: HTTPListener, limits: HTTPServerLimits = HTTPServerLimits(),
    screen: HTTPServerScreen = HTTPServerScreen(),
    handler: @escaping @Sendable (HTTPServerRequest) async -> HTTPReply
  ) throws(HTTPError) {
    let core = try ServerCore(limits: limits, screen: screen, handler: handler)
    let listening: ListeningSocket
    do {
      listening = try ListeningSocket(listener)
    } catch {
      core.watch.stop()
      throw error
    }
    unsafe cserver_on_refusal(refusalCallback)
    let daemon = Signals.withheld {
      unsafe cmhd_start(
        // A newcomer is let in before another goes for it.
        listening.descriptor, UInt32(clamping: limits.connections + 256),
        // Later than the sweep, which says why.
        UInt32(clamping: limits.idleSeconds == 0 ? 0 : limits.idleSeconds + 5), requestCallback,
        completedCallback, connectionCallback, unescapeCallback,
        Unmanaged.passUnretained(core).toOpaque()
      ).map { unsafe ForeignHandle($0) }
    }
    guard let daemon else {
      listening.removeFile()
      core.watch.stop()
      throw HTTPError(
        .server(.notStarted), "The HTTP server did not start.", context: listening.shown)
    }
    self.core = core
    self.listening = listening
    port = listening.port
    self.daemon = Mutex(daemon)
  }

  deinit { stop() }

  /// How many connections are open.
  package var connectionCount: Int { core.connections.count }

  /// Lets nobody connect any more, so that whoever comes is refused at once and can go elsewhere; those who
  /// are connected are answered on, but a request that is not complete within five seconds is given up.
  /// Whoever connects in this very moment may be cut. Idempotent.
  package func closeDoor() {
    daemon.withLock { daemon in
      guard let handle = daemon, !listening.isHandedBack else { return }
      // From here on the socket is ours to close.
      guard unsafe MHD_quiesce_daemon(handle.opaque) >= 0 else { return }
      listening.shutDown()
      listening.handBack()
      core.hurry()
    }
  }

  /// Returns at a moment when every request that came has been answered to its last byte.
  package func untilQuiet() async { await core.untilQuiet() }

  /// Closes every connection, cuts the replies under way, cancels their tasks and waits for the
  /// server's threads. Idempotent. Not to be called from a cancellation handler of a reply's task:
  /// that may run on one of those threads.
  package func stop() {
    daemon.withLock { daemon in
      guard let handle = daemon else { return }
      daemon = nil
      // libmicrohttpd aborts the process when it is stopped with a connection suspended.
      core.stop()
      // A child that is being started has a copy of the socket: closing ours alone would leave it alive.
      listening.shutDown()
      unsafe MHD_stop_daemon(handle.opaque)
      core.watch.stop()
      listening.removeFile()
      listening.closeIfHandedBack()
    }
  }
}
