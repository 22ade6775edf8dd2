import HTTP
import Sandbox
import Synchronization

/// The sandbox of this service, on a loopback port, started when the first job wants it.
final class SandboxHost: Sendable {
  private let server = Mutex<SandboxServer?>(nil)

  /// The address a request's path is appended to.
  func baseURL() throws -> String {
    try server.withLock { server in
      if let server { return server.baseURL }
      let started = try SandboxServer()
      server = started
      return started.baseURL
    }
  }
}
