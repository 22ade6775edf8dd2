import HTTP
import Posix
import Sandbox
import Synchronization

/// What every run of a studio works with.
struct RunDependencies: Sendable {
  let galleryActor: GalleryActor
  let client: HTTPClient
  let limiter: RateLimiter
  let retries: RetryPolicy
  /// Seconds before each time a provider is asked for pictures it still generates; nil for its dialect's.
  let pollPauses: [Double]?
}

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

/// Runs what may wait for the disk on a thread of its own: the threads of the cooperative pool belong to
/// everybody. Where no thread is left, here.
func besides<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  do {
    return try await blocking { () throws(PosixError) in work() }
  } catch {
    return work()
  }
}
