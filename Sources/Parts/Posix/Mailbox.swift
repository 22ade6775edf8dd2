internal import Synchronization

/// A queue that any thread may append to and one loop drains.
///
/// The loop waits with `Poll.wait` on `descriptor`, which is readable while messages may wait.
package final class Mailbox<Message: Sendable>: Sendable {
  private let pending = Mutex(Pending())
  private let wake: WakePipe

  package init() throws(PosixError) {
    wake = try WakePipe()
  }

  /// For `Poll.wait`; belongs to the mailbox and lives as long as it does.
  package var descriptor: Int32 { wake.descriptor }

  /// Messages, oldest first; nil where a newer one of the same key has taken the place.
  private struct Pending {
    var messages: [Message?] = []
    /// Where the newest of each key is, behind the last message without one.
    var places: [String: Int] = [:]
    var gaps = 0

    mutating func append(_ message: Message, _ key: String?) {
      if let key {
        if let old = places.updateValue(messages.count, forKey: key) {
          messages[old] = nil
          gaps += 1
        }
      } else {
        places = [:]
      }
      messages.append(message)
      if gaps > messages.count / 2 + 16 { close() }
    }

    /// Takes the gaps away, so that there is room for no more than what waits.
    private mutating func close() {
      var after: [Int] = []
      var count = 0
      for message in messages {
        after.append(count)
        if message != nil { count += 1 }
      }
      places = places.mapValues { after[$0] }
      messages.removeAll { $0 == nil }
      gaps = 0
    }
  }

  /// Appends a message, from any thread; wakes the loop once for each batch.
  ///
  /// - Parameter key: The one before it of the same key is forgotten where it still waits, so that a loop that is held
  ///   up is left one for each key between two messages without one. Those keep their place: what was told before an
  ///   answer is known when the answer is read.
  package func send(_ message: Message, inPlaceOf key: String? = nil) {
    let wasEmpty = pending.withLock { pending in
      let wasEmpty = pending.messages.isEmpty
      pending.append(message, key)
      return wasEmpty
    }
    if wasEmpty { wake.signal() }
  }

  /// Takes all messages, oldest first; called by the loop only.
  package func drain() -> [Message] {
    // Before taking the messages, so that none is left without a wake-up.
    wake.clear()
    return pending.withLock { pending in
      guard !pending.messages.isEmpty else { return [] }
      defer { pending = Pending() }
      return pending.messages.compactMap { $0 }
    }
  }
}
