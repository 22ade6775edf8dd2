import CMicrohttpd
import Glibc
import Posix
import Synchronization

/// Notices clients that go away while libmicrohttpd has their connection suspended, which it does
/// not (microhttpd manual, "Flow control"). One thread, asleep in epoll until a client leaves.
///
/// A client that closes only its sending side counts as gone, as it does for most servers.
final class DisconnectWatch: Sendable {
  private let poll: Int32
  private let stopSignal: Int32
  private let thread = Mutex<WorkThread?>(nil)

  init() throws(HTTPError) {
    poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    stopSignal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard poll >= 0, stopSignal >= 0 else {
      let number = errno
      if poll >= 0 { Glibc.close(poll) }
      if stopSignal >= 0 { Glibc.close(stopSignal) }
      throw HTTPError(
        .server(.refused(number)), "No descriptor is left for the HTTP server.", context: "")
    }
    control(EPOLL_CTL_ADD, stopSignal, EPOLLIN.rawValue, 0)
  }

  deinit {
    Glibc.close(poll)
    Glibc.close(stopSignal)
  }

  /// Reports the ids of those who left, on the watch's thread.
  func start(_ report: @escaping @Sendable (UInt64) -> Void) throws(HTTPError) {
    do {
      try thread.withLock { thread throws(PosixError) in
        thread = try WorkThread { self.run(report) }
      }
    } catch {
      throw HTTPError(
        .server(.refused(error.code)), "No thread is left for the HTTP server.", context: "")
    }
  }

  /// Ends the thread. Idempotent.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    eventfd_write(stopSignal, 1)
    running.join()
  }

  /// Watches a connected socket until `remove(_:)`, which must come before it is closed.
  func add(_ socket: Int32, id: UInt64) {
    control(EPOLL_CTL_ADD, socket, EPOLLRDHUP.rawValue | EPOLLET.rawValue, id)
  }

  func remove(_ socket: Int32) { control(EPOLL_CTL_DEL, socket, 0, 0) }

  private func run(_ report: (UInt64) -> Void) {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    while true {
      let count = unsafe epoll_wait(poll, &events, Int32(events.count), -1)
      guard count >= 0 || errno == EINTR else { return }
      for index in 0..<Int(max(count, 0)) {
        let id = unsafe events[index].data.u64
        guard id != 0 else { return }
        report(id)
      }
    }
  }

  private func control(_ action: Int32, _ descriptor: Int32, _ events: UInt32, _ id: UInt64) {
    var event = unsafe epoll_event()
    unsafe event.events = events
    unsafe event.data.u64 = id
    unsafe epoll_ctl(poll, action, descriptor, &event)
  }
}
