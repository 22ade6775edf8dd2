import Synchronization

/// What is known of a reply while it arrives. Anybody may ask at any time: nothing here waits for a disk, though
/// whoever takes the reply apart may.
final class ReplyProgress: Sendable {
  private struct State {
    var facts: ReplyFacts
    var hasLeft = false
    var status = 0
    var isOver = false
    /// Of those that wait for its end.
    var waiting: [AsyncStream<Never>.Continuation] = []
  }

  /// What the run hears, until the reply is over.
  let events: AsyncStream<ReplyReceiver.Event>
  private let feed: AsyncStream<ReplyReceiver.Event>.Continuation
  private let state: Mutex<State>

  init(_ facts: ReplyFacts) {
    state = Mutex(State(facts: facts))
    (events, feed) = AsyncStream.makeStream(of: ReplyReceiver.Event.self)
  }

  /// What the reply has said about itself so far; by the time of an event, all that came before it.
  var facts: ReplyFacts { state.withLock(\.facts) }

  /// What it says of itself as a whole, which stands behind its last picture: waits for that, or for its end, but
  /// not for long where it hangs.
  func factsBehindTheLast(within limit: Duration = .seconds(2)) async -> ReplyFacts {
    let (ends, feed) = AsyncStream.makeStream(of: Never.self)
    let mustWait = state.withLock { state in
      guard !state.isOver, state.facts.usage == nil else { return false }
      state.waiting.append(feed)
      return true
    }
    if mustWait {
      let timer = Task {
        try? await Task.sleep(for: limit)
        feed.finish()
      }
      for await _ in ends {}
      timer.cancel()
    }
    return facts
  }

  /// Whether the last byte of the request was taken up.
  var requestHasLeft: Bool { state.withLock(\.hasLeft) }

  /// Whether a success has begun, which may come before the last byte of a request was taken up: whoever
  /// draws has understood it.
  var answersAsIfItHadLeft: Bool { state.withLock { (200..<300).contains($0.status) } }

  /// The last byte of the request was taken up.
  func requestLeft() {
    state.withLock { $0.hasLeft = true }
    feed.yield(.requestLeft)
  }

  func begin(status: Int) { state.withLock { $0.status = status } }

  func note(_ facts: ReplyFacts) {
    state.withLock { $0.facts = facts }
    if facts.usage != nil { release() }
  }

  func publish(_ event: ReplyReceiver.Event) { feed.yield(event) }

  func finish() {
    state.withLock { $0.isOver = true }
    release()
    feed.finish()
  }

  private func release() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.finish() }
  }
}
