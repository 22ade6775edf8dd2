import CMicrohttpd
import Glibc
import Posix
import Synchronization

/// Notices clients that go away while libmicrohttpd has their connection suspended, which it does
/// not (microhttpd manual, "Flow control"). One thread, asleep in epoll until a client leaves or the
/// alarm goes off.
///
/// A client that closes only its sending side counts as gone, as it does for most servers.
final class DisconnectWatch: Sendable {
  private let poll: Int32
  private let wakeSignal: Int32
  private let isStopped = Atomic<Bool>(false)
  /// When the alarm goes off, by the monotonic clock; nil while none is set.
  private let alarm = Mutex<ContinuousClock.Instant?>(nil)
  private let thread = Mutex<WorkThread?>(nil)

  init() throws(HTTPError) {
    poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeSignal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard poll >= 0, wakeSignal >= 0 else {
      let number = errno
      if poll >= 0 { Glibc.close(poll) }
      if wakeSignal >= 0 { Glibc.close(wakeSignal) }
      throw HTTPError(
        .server(.refused(number)), "No descriptor is left for the HTTP server.", context: "")
    }
    control(EPOLL_CTL_ADD, wakeSignal, EPOLLIN.rawValue, 0)
  }

  deinit {
    Glibc.close(poll)
    Glibc.close(wakeSignal)
  }

  /// Reports the ids of those who left, and each alarm, on the watch's thread.
  func start(
    _ report: @escaping @Sendable (UInt64) -> Void, alarm ring: @escaping @Sendable () -> Void
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
    isStopped.store(true, ordering: .sequentiallyConsistent)
    eventfd_write(wakeSignal, 1)
    running.join()
  }

  /// Watches a connected socket until `remove(_:)`, which must come before it is closed.
  func add(_ socket: Int32, id: UInt64) {
    control(EPOLL_CTL_ADD, socket, EPOLLRDHUP.rawValue | EPOLLET.rawValue, id)
  }

  func remove(_ socket: Int32) { control(EPOLL_CTL_DEL, socket, 0, 0) }

  /// Sets the one alarm, in place of one that was set before.
  func ring(after seconds: Double) {
    alarm.withLock { $0 = .now + .seconds(max(seconds, 0)) }
    eventfd_write(wakeSignal, 1)
  }

  private func run(_ report: (UInt64) -> Void, _ ring: () -> Void) {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    while true {
      let count = unsafe epoll_wait(poll, &events, Int32(events.count), alarmTimeout)
      guard count >= 0 || errno == EINTR else { return }
      for index in 0..<Int(max(count, 0)) {
        let id = unsafe events[index].data.u64
        if id == 0 {
          var wakes: eventfd_t = 0
          unsafe eventfd_read(wakeSignal, &wakes)
          if isStopped.load(ordering: .sequentiallyConsistent) { return }
        } else {
          report(id)
        }
      }
      let isDue = alarm.withLock { alarm in
        guard let time = alarm, time <= .now else { return false }
        alarm = nil
        return true
      }
      if isDue { ring() }
    }
  }

  /// Milliseconds, rounded up; -1 for ever.
  private var alarmTimeout: Int32 {
    guard let time = alarm.withLock({ $0 }) else { return -1 }
    return Int32(clamping: Int((max(.zero, time - .now) / .milliseconds(1)).rounded(.up)))
  }

  private func control(_ action: Int32, _ descriptor: Int32, _ events: UInt32, _ id: UInt64) {
    var event = unsafe epoll_event()
    unsafe event.events = events
    unsafe event.data.u64 = id
    unsafe epoll_ctl(poll, action, descriptor, &event)
  }
}
