import CCurl

/// The sockets that libcurl waits for and the timer it has set, so that a round of the client's thread
/// costs by what happened, not by how many transfers are open; see libcurl-multi(3), "multi_socket".
final class CurlSockets: Sendable {
  private let multi: CurlMulti
  private let poll: EventPoll
  /// When libcurl wants to be called though nothing has happened.
  let timer = WakeTimer()

  /// Lives until the multi handle is gone: libcurl keeps a pointer to it.
  init(_ multi: CurlMulti, _ poll: EventPoll) {
    self.multi = multi
    self.poll = poll
    unsafe listen(to: multi.raw)
  }

  private func listen(to handle: UnsafeMutableRawPointer?) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe ccurl_on_socket(handle, socketCallback, context)
    unsafe ccurl_on_timer(handle, timerCallback, context)
  }

  /// Closes the connections that rest; there must be no transfers.
  func closeResting() {
    unsafe multi.closeResting { unsafe listen(to: $0) }
    // What the old handle wanted.
    timer.set(nil)
  }

  /// Calls libcurl where its time has come.
  func serveAlarm(by now: ContinuousClock.Instant) -> CURLMcode {
    timer.goesOff(by: now) ? act(CURL_SOCKET_TIMEOUT, 0) : CURLM_OK
  }

  /// Lets libcurl read and write a socket that is ready.
  func serve(_ ready: EventPoll.Ready) -> CURLMcode {
    var action: Int32 = 0
    if ready.events.contains(.readable) { action |= CURL_CSELECT_IN }
    if ready.events.contains(.writable) { action |= CURL_CSELECT_OUT }
    // An error alone: without an action libcurl looks for itself.
    return act(curl_socket_t(truncatingIfNeeded: ready.id), action)
  }

  private func act(_ socket: curl_socket_t, _ action: Int32) -> CURLMcode {
    var running: Int32 = 0
    return unsafe curl_multi_socket_action(multi.raw, socket, action, &running)
  }

  fileprivate func watch(_ socket: curl_socket_t, for wish: Int32, isKnown: Bool) {
    guard wish != CURL_POLL_REMOVE else { return poll.remove(socket) }
    var events: EventPoll.Events = []
    if wish & CURL_POLL_IN != 0 { events.insert(.readable) }
    if wish & CURL_POLL_OUT != 0 { events.insert(.writable) }
    poll.set(socket, events, id: UInt64(truncatingIfNeeded: socket), isKnown: isKnown)
    // Any address but nil comes back with the socket's next wish.
    if !isKnown { unsafe curl_multi_assign(multi.raw, socket, multi.raw) }
  }

  fileprivate func setAlarm(milliseconds: Int) {
    timer.set(milliseconds < 0 ? nil : .now + .milliseconds(milliseconds))
  }
}

private func sockets(_ context: UnsafeMutableRawPointer?) -> CurlSockets? {
  unsafe context.map { unsafe Unmanaged<CurlSockets>.fromOpaque($0).takeUnretainedValue() }
}

private func socketCallback(
  _: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ wish: Int32,
  _ context: UnsafeMutableRawPointer?, _ mark: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe sockets(context)?.watch(socket, for: wish, isKnown: mark != nil)
  return 0
}

private func timerCallback(
  _: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  unsafe sockets(context)?.setAlarm(milliseconds: milliseconds)
  return 0
}
