private import CPosix
internal import Glibc

/// A pipe that wakes a poll loop; both ends non-blocking and close-on-exec.
package struct WakePipe: ~Copyable, Sendable {
  private let pipe: Pipe

  package init() throws(PosixError) {
    pipe = try Pipe(nonBlocking: true)
  }

  /// For `Poll.wait`: readable while a signal has not been cleared.
  package var descriptor: Int32 { pipe.readingEnd.number }

  /// Wakes the loop, from any thread. A full pipe is as good as a wake-up, so nothing can fail.
  package func signal() {
    var byte: UInt8 = 1
    while unsafe write(pipe.writingEnd.number, &byte, 1) == -1 && errno == EINTR {}
  }

  /// Takes all wake-ups back; called by the loop only.
  package func clear() {
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let capacity = MemoryLayout.size(ofValue: bytes)
    while true {
      let count = unsafe read(pipe.readingEnd.number, &bytes, capacity)
      if count == capacity || (count == -1 && errno == EINTR) { continue }
      return
    }
  }
}
