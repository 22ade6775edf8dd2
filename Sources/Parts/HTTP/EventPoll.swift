import CMicrohttpd
import Glibc

/// Descriptors that one thread sleeps on, epoll(7), and a bell that any thread may ring.
final class EventPoll: Sendable {
  /// What is waited for, and what came, as in epoll_ctl(2).
  struct Events: OptionSet {
    let rawValue: UInt32

    static let readable = Events(rawValue: EPOLLIN.rawValue)
    static let writable = Events(rawValue: EPOLLOUT.rawValue)
    /// The other side sends nothing more.
    static let hungUp = Events(rawValue: EPOLLRDHUP.rawValue)
    /// Nothing goes either way any more; told without being asked for.
    static let gone = Events(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
    /// Each change is told once.
    static let once = Events(rawValue: EPOLLET.rawValue)
  }

  struct Ready {
    /// As it was given with the descriptor.
    var id: UInt64
    var events: Events
  }

  /// What one `wait` brought.
  enum Waking: Equatable {
    /// All that was ready, or the time that ran out.
    case all
    /// As much as is told at once: more may be ready.
    case part
    /// The number of the error, errno(3).
    case failed(Int32)
  }

  /// How many events are told at once.
  private static let capacity = 64
  private static let bellID = UInt64.max

  private let poll: Int32
  private let bell: Int32

  /// - Throws: The number of the error, errno(3).
  init() throws(Failure) {
    poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard poll >= 0, bell >= 0 else {
      let number = errno
      if poll >= 0 { Glibc.close(poll) }
      if bell >= 0 { Glibc.close(bell) }
      throw Failure(number: number)
    }
    // Told by edges, the bell never has to be read: each ring is a change.
    set(bell, [.readable, .once], id: Self.bellID, isKnown: false)
  }

  /// Why there is none.
  struct Failure: Error {
    let number: Int32
  }

  deinit {
    Glibc.close(poll)
    Glibc.close(bell)
  }

  /// Watches a descriptor, or changes what is watched for.
  ///
  /// - Parameters:
  ///   - id: Comes with its events; not `UInt64.max`.
  ///   - isKnown: Whether it is probably watched already; a wrong guess costs a system call.
  func set(_ descriptor: Int32, _ events: Events, id: UInt64, isKnown: Bool) {
    let first = isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD
    guard !control(first, descriptor, events, id) else { return }
    _ = control(isKnown ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, events, id)
  }

  /// Must come before the descriptor is closed.
  func remove(_ descriptor: Int32) { _ = control(EPOLL_CTL_DEL, descriptor, [], 0) }

  /// Ends the current `wait`, or the next one.
  func ring() { eventfd_write(bell, 1) }

  /// Sleeps until something is ready, the bell rings or the time has come.
  ///
  /// - Parameters:
  ///   - time: Nil is never, a moment that is over looks without sleeping.
  ///   - ready: What is ready takes the place of its contents.
  func wait(until time: ContinuousClock.Instant?, _ ready: inout [Ready]) -> Waking {
    ready.removeAll(keepingCapacity: true)
    return unsafe withUnsafeTemporaryAllocation(
      of: epoll_event.self, capacity: Self.capacity
    ) { found in
      let count = unsafe epoll_wait(
        poll, found.baseAddress, Int32(Self.capacity), Self.milliseconds(until: time))
      guard count >= 0 else { return errno == EINTR ? .all : .failed(errno) }
      for index in 0..<Int(count) {
        let (id, events) = unsafe (found[index].data.u64, Events(rawValue: found[index].events))
        if id != Self.bellID { ready.append(Ready(id: id, events: events)) }
      }
      return count == Self.capacity ? .part : .all
    }
  }

  /// Rounded up, so that the time has come afterwards; -1 is for ever.
  private static func milliseconds(until time: ContinuousClock.Instant?) -> Int32 {
    guard let time else { return -1 }
    let wait = (time - .now) / Duration.milliseconds(1)
    return wait <= 0 ? 0 : wait >= Double(Int32.max) ? .max : Int32(wait.rounded(.up))
  }

  private func control(_ action: Int32, _ descriptor: Int32, _ events: Events, _ id: UInt64)
    -> Bool
  {
    var event = unsafe epoll_event()
    unsafe event.events = events.rawValue
    unsafe event.data.u64 = id
    return unsafe epoll_ctl(poll, action, descriptor, &event) == 0
  }
}
