internal import Glibc

/// Waiting for descriptors, poll(2).
package enum Poll {
  package enum Outcome: Equatable, Sendable {
    /// These can be read or written without waiting, or have ended.
    case ready(Set<Int32>)
    case timedOut
    /// A signal handler ran (`EINTR`); nothing is known about the descriptors.
    case interrupted
  }

  /// Waits until a descriptor is ready.
  ///
  /// - Parameters:
  ///   - readable: Waited for until there is something to read, or the other end has gone.
  ///   - writable: Waited for until there is room to write.
  ///   - timeout: Rounded up to a millisecond; nil waits for ever.
  package static func wait(
    for readable: [Int32], writable: [Int32] = [], timeout: Duration? = nil
  ) throws(PosixError) -> Outcome {
    var entries =
      readable.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      + writable.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
    let count = unsafe poll(&entries, nfds_t(entries.count), timeout.map(milliseconds) ?? -1)
    if count == -1 {
      if errno == EINTR { return .interrupted }
      throw PosixError("wait for input", code: errno)
    }
    if count == 0 { return .timedOut }
    if let stale = entries.first(where: { $0.revents & Int16(POLLNVAL) != 0 }) {
      throw PosixError("wait for descriptor \(stale.fd)", code: EBADF)
    }
    return .ready(Set(entries.filter { $0.revents != 0 }.map(\.fd)))
  }

  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    if seconds < 0 || attoseconds < 0 { return 0 }
    if seconds >= Int64(Int32.max) / 1000 { return Int32.max }
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(seconds * 1000 + fraction)
  }
}
