internal import Synchronization

/// A queue that any thread may append to and one loop drains.
///
/// The loop waits with `Poll.wait` on `descriptor`, which is readable while messages may wait.
package final class Mailbox<Message: Sendable>: Sendable {
  private let pending = Mutex<[(key: String?, message: Message)]>([])
  private let wake: WakePipe

  package init() throws(PosixError) {
    wake = try WakePipe()
  }

  /// For `Poll.wait`; belongs to the mailbox and lives as long as it does.
  package var descriptor: Int32 { wake.descriptor }

  /// Appends a message, from any thread; wakes the loop once for each batch.
  ///
  /// - Parameter key: The one before it of the same key is forgotten where it still waits, so that a loop that is held
  ///   up is left one for each. Takes time with the number of those that wait.
  package func send(_ message: Message, inPlaceOf key: String? = nil) {
    let wasEmpty = pending.withLock { pending in
      let wasEmpty = pending.isEmpty
      if let key, let old = pending.lastIndex(where: { $0.key == key }) { pending.remove(at: old) }
      pending.append((key, message))
      return wasEmpty
    }
    if wasEmpty { wake.signal() }
  }

  /// Takes all messages, oldest first; called by the loop only.
  package func drain() -> [Message] {
    // Before taking the messages, so that none is left without a wake-up.
    wake.clear()
    return pending.withLock { pending in
      guard !pending.isEmpty else { return [] }
      defer { pending = [] }
      // A key path would be made anew each time, which takes longer than the rest.
      return pending.map { $0.message }
    }
  }
}
