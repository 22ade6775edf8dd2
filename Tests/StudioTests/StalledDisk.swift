import CStalledDisk
import Posix
import Synchronization
import TestSupport

/// A directory whose disk does not answer, until `moveOn`: what is written or read below it waits in the
/// system call.
final class StalledDisk: Sendable {
  enum Kind {
    case writes, reads
  }

  private let number: Int32
  private let isOver = Mutex(false)

  /// - Parameter path: Absolute, and without links.
  init(under path: String, _ kind: Kind = .writes) throws {
    let kinds = Int32(kind == .writes ? STALLED_WRITES : STALLED_READS)
    number = unsafe stalled_disk_begin(path, kinds)
    guard number >= 0 else { throw TestFailure("too many disks hang at once") }
  }

  /// Returns when something waits for it.
  func hasCaughtSomething() async throws {
    let number = number
    try await blocking { () throws(PosixError) in stalled_disk_await(number) }
  }

  /// Whether anything has waited for it.
  var holdsSomething: Bool { stalled_disk_holds(number) != 0 }

  /// Lets everything go on; does nothing the second time.
  func moveOn() {
    isOver.withLock { isOver in
      if !isOver { stalled_disk_end(number) }
      isOver = true
    }
  }
}
