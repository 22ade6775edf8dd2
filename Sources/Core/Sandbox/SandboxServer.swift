package import HTTP
import Posix

/// How the sandbox behaves.
package struct SandboxOptions: Equatable, Sendable {
  /// How long each picture takes besides the drawing.
  package var delay: Duration
  /// The only key that is let in; nil lets everybody in.
  package var key: String?
  /// Pictures of each model a minute; nil for what the vendor allows.
  package var picturesPerMinute: Int?

  package init(delay: Duration = .zero, key: String? = nil, picturesPerMinute: Int? = nil) {
    self.delay = delay
    self.key = key
    self.picturesPerMinute = picturesPerMinute
  }
}

/// A provider that draws on this machine and speaks the Ark wire over real HTTP.
///
/// `POST /api/v3/images/generations` answers as the vendor does, plain and streamed; addresses of
/// pictures lead back to this server and work for 24 hours, as long as memory has room for them.
/// Nothing is ever fetched from the network. Safe to use from any thread.
package final class SandboxServer: Sendable {
  static let path = "/api/v3"

  /// What a request's path, `/images/generations`, is appended to; `http://localhost/…` on a Unix
  /// socket.
  package let baseURL: String

  private let server: HTTPServer

  /// Starts to listen; with port 0 on a free one.
  ///
  /// - Throws: When the address cannot be listened on.
  package init(
    on listener: HTTPListener = .tcp(host: "127.0.0.1", port: 0),
    options: SandboxOptions = SandboxOptions()
  ) throws(HTTPError) {
    let service: SandboxService
    do {
      service = try SandboxService(options: options)
    } catch {
      throw HTTPError(.server(.notStarted), "The sandbox did not start: \(error).", context: "")
    }
    // Fourteen references of 10 MB each, in base64.
    let limits = HTTPServerLimits(maximumBodyBytes: 192 << 20)
    server = try HTTPServer(on: listener, limits: limits) { request in
      await service.reply(to: request)
    }
    switch listener {
    case .tcp(let host, _):
      let name = host.contains(":") ? "[\(host)]" : host
      baseURL = "http://\(name):\(server.port)\(Self.path)"
    case .unixSocket: baseURL = "http://localhost\(Self.path)"
    }
  }

  /// Cuts what is under way and forgets all pictures. Idempotent.
  package func stop() { server.stop() }
}
