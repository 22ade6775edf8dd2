import CCurl
import Synchronization

/// libcurl's multi handle, which owns the connections that rest between requests. Used on the client's thread only,
/// but for its beginning and end.
final class CurlMulti: Sendable {
  private let handle: Mutex<ForeignHandle>

  /// Nil where libcurl has no memory.
  init?() {
    guard let new = unsafe curl_multi_init() else { return nil }
    handle = Mutex(unsafe ForeignHandle(new))
  }

  deinit { unsafe curl_multi_cleanup(raw) }

  var raw: UnsafeMutableRawPointer? { unsafe handle.withLock { unsafe $0.raw } }

  /// Closes the connections that rest; there must be no transfers. libcurl has no call for that: it looks at the age
  /// of a connection when the next request begins, be it in an hour.
  ///
  /// - Parameter prepare: Makes a new handle what the old one was.
  func closeResting(_ prepare: (UnsafeMutableRawPointer) -> Void) {
    guard let new = unsafe curl_multi_init() else { return }
    unsafe prepare(new)
    let old = handle.withLock { handle in
      defer { handle = unsafe ForeignHandle(new) }
      return handle
    }
    unsafe curl_multi_cleanup(old.raw)
  }
}
