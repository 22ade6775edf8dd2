import HTTP
import Posix
import Sandbox
import Synchronization

/// The sandbox of this service, on a loopback port, started when the first job wants it. It lets in
/// nobody who does not know the key of this start: other users of the machine reach the port too.
final class SandboxHost: Sendable {
  let key = Randomness.hexadecimal(byteCount: 16)
  private let server = Mutex<SandboxServer?>(nil)

  /// The address a request's path is appended to.
  func baseURL() throws -> String {
    try server.withLock { server in
      if let server { return server.baseURL }
      let started = try SandboxServer(options: SandboxOptions(key: key))
      server = started
      return started.baseURL
    }
  }
}
