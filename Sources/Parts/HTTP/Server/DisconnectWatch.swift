import Posix
import Synchronization

/// Notices clients that go away while libmicrohttpd has their connection suspended, which it does
/// not (microhttpd manual, "Flow control"). One thread, asleep in epoll until a client leaves or the
/// timer fires.
///
/// A client that closes only its sending side may have gone as well: nothing tells before something is sent to it.
final class DisconnectWatch: Sendable {
  private let poll: EventPoll
  private let isEnding = Atomic<Bool>(false)
  private let timer = WakeTimer()
  private let thread = Mutex<WorkThread?>(nil)

  init() throws(HTTPError) {
    do {
      poll = try EventPoll()
    } catch {
      throw HTTPError(
        .server(.refused(error.number)), "No descriptor is left for the HTTP server.", context: "")
    }
  }

  /// Reports the ids of those who left, or only send nothing more, and each time the timer fires, on the watch's thread.
  func start(
    _ report: @escaping @Sendable (UInt64, _ hasLeft: Bool) -> Void,
    timer ring: @escaping @Sendable () -> Void
  ) throws(HTTPError) {
    do {
      try thread.withLock { thread throws(PosixError) in
        thread = try WorkThread { self.run(report, ring) }
      }
    } catch {
      throw HTTPError(
        .server(.refused(error.code)), "No thread is left for the HTTP server.", context: "")
    }
  }

  /// Ends the thread. Idempotent.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    isEnding.store(true, ordering: .sequentiallyConsistent)
    poll.ring()
    running.join()
  }

  /// Watches a connected socket until `remove(_:)`, which must come before it is closed.
  func add(_ socket: Int32, id: UInt64) {
    poll.set(socket, [.hungUp, .once], id: id, isKnown: false)
  }

  func remove(_ socket: Int32) { poll.remove(socket) }

  /// Sets the one timer, in place of one that was set before.
  func ring(after seconds: Double) {
    timer.set(.now + .seconds(max(seconds, 0)))
    poll.ring()
  }

  private func run(_ report: (UInt64, Bool) -> Void, _ ring: () -> Void) {
    var ready: [EventPoll.Ready] = []
    while !isEnding.load(ordering: .sequentiallyConsistent) {
      if case .failed = poll.wait(until: timer.next, &ready) { return }
      for event in ready { report(event.id, !event.events.isDisjoint(with: .gone)) }
      if timer.goesOff(by: .now) { ring() }
    }
  }
}
