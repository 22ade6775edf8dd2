import CCurl
import Posix
import Synchronization

/// The client's thread, its multi handle, and the transfers on it.
///
/// Only the thread touches the handle and the transfers. Others put orders into the inbox and ring.
final class CurlLoop: Sendable {
  private struct Inbox {
    var jobs: [TransferJob] = []
    var cancelled: [Cancellation] = []
    var resumed: [UInt64] = []
    var isClosing = false

    var isEmpty: Bool { jobs.isEmpty && cancelled.isEmpty && resumed.isEmpty && !isClosing }
  }

  private struct Cancellation {
    var id: UInt64
    var isUnconditional: Bool
  }

  private static let globalCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  private let settings: CurlSettings
  private let multi: CurlMulti
  private let poll: EventPoll
  private let sockets: CurlSockets
  private let inbox = Mutex(Inbox())
  private let thread = Mutex<WorkThread?>(nil)

  init(_ settings: CurlSettings) throws(HTTPError) {
    do {
      poll = try EventPoll()
    } catch {
      throw HTTPError(
        .other(Int(error.number)), "No descriptor is left for the HTTP client.", context: "")
    }
    guard Self.globalCode == CURLE_OK, let multi = CurlMulti() else {
      throw HTTPError(
        .other(Int(CURLE_FAILED_INIT.rawValue)), "libcurl did not start.", context: "")
    }
    self.settings = settings
    self.multi = multi
    sockets = CurlSockets(multi, poll)
  }

  func start() throws(HTTPError) {
    do {
      try thread.withLock { thread throws(PosixError) in thread = try WorkThread { self.run() } }
    } catch {
      throw HTTPError(.other(Int(error.code)), "No thread for the HTTP client.", context: "")
    }
  }

  /// Takes a transfer on; to be called from the task that waits for it.
  func submit(_ job: TransferJob) {
    // A cancellation before the job is in the inbox is seen here, a later one finds the job there.
    let isTaken = order { inbox in
      guard !Task.isCancelled else { return false }
      inbox.jobs.append(job)
      return true
    }
    switch isTaken {
    case true?: return
    case false?: job.fail(.cancelled, "The request was cancelled.")
    case nil: job.fail(.cancelled, "The HTTP client was closed.")
    }
  }

  /// Ends a transfer.
  ///
  /// - Parameter isUnconditional: Whether what has been sent is cut as well, though the job says otherwise.
  func cancel(_ id: UInt64, isUnconditional: Bool) {
    order { inbox in
      inbox.cancelled.append(Cancellation(id: id, isUnconditional: isUnconditional))
      return true
    }
  }

  /// Goes on with a transfer whose reader, or whose body, was behind.
  func resume(_ id: UInt64) {
    order { inbox in
      inbox.resumed.append(id)
      return true
    }
  }

  /// Ends the thread and waits for it, unless it is the caller.
  func close() {
    order { inbox in
      inbox.isClosing = true
      return true
    }
    thread.withLock { $0.take() }?.join()
  }

  /// Puts something into the inbox and rings where nobody has since the thread last looked; nil when the
  /// thread takes no more.
  @discardableResult
  private func order(_ change: (inout Inbox) -> Bool) -> Bool? {
    inbox.withLock { inbox in
      guard !inbox.isClosing else { return nil }
      let wasEmpty = inbox.isEmpty
      let isTaken = change(&inbox)
      if wasEmpty, isTaken { poll.ring() }
      return isTaken
    }
  }

  private func takeOrders() -> Inbox {
    inbox.withLock { inbox in
      defer { inbox = Inbox(isClosing: inbox.isClosing) }
      return inbox
    }
  }

  // MARK: On the thread

  private func run() {
    var transfers = CurlTransfers(multi)
    var ready: [EventPoll.Ready] = []
    var waking = EventPoll.Waking.all
    while true {
      let orders = takeOrders()
      if orders.isClosing {
        for job in orders.jobs { job.fail(.cancelled, "The HTTP client was closed.") }
        return transfers.endAll(.cancelled, "The HTTP client was closed.")
      }
      for job in orders.jobs {
        transfers.start(job, settings) { [weak self, id = job.id] in self?.resume(id) }
      }
      for order in orders.cancelled {
        transfers.cancel(order.id, isUnconditional: order.isUnconditional)
      }
      for id in orders.resumed { transfers.resume(id) }
      let now = ContinuousClock.now
      // What arrived while a callback was busy must not count as missing.
      if transfers.isDue(by: now) { waking = poll.wait(until: now, &ready) }
      var code = sockets.serveAlarm(by: now)
      for event in ready {
        let served = sockets.serve(event)
        if code == CURLM_OK { code = served }
      }
      transfers.endRound()
      if waking == .all { transfers.expire(by: now) }
      if code != CURLM_OK {
        transfers.endAll(.other(Int(code.rawValue)), "libcurl's event loop failed.")
      }
      if transfers.isRested(by: now) { sockets.closeResting() }
      waking = poll.wait(
        until: [transfers.due, transfers.restDue, sockets.timer.next].compactMap { $0 }.min(),
        &ready)
      if case .failed(let number) = waking {
        transfers.endAll(.other(Int(number)), "The HTTP client's event loop failed.")
      }
    }
  }
}
