import CCurl
import Posix
import Synchronization

/// The client's thread, its multi handle, and the transfers on it.
///
/// Only the thread touches the handle and the transfers. Others put orders into the inbox and wake
/// it, which is the one call libcurl allows from elsewhere, see curl_multi_wakeup(3).
final class CurlLoop: Sendable {
  private struct Inbox {
    var jobs: [TransferJob] = []
    var cancelled: [UInt64] = []
    var resumed: [UInt64] = []
    var isClosing = false
  }

  private static let globalCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  private let settings: CurlSettings
  private let multi: ForeignHandle
  private let inbox = Mutex(Inbox())
  private let thread = Mutex<WorkThread?>(nil)

  init(_ settings: CurlSettings) throws(HTTPError) {
    guard Self.globalCode == CURLE_OK, let multi = unsafe curl_multi_init() else {
      throw HTTPError(
        .other(Int(CURLE_FAILED_INIT.rawValue)), "libcurl did not start.", context: "")
    }
    self.settings = settings
    self.multi = unsafe ForeignHandle(multi)
  }

  deinit {
    // The thread held a reference: it is gone, or never was.
    unsafe curl_multi_cleanup(multi.raw)
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
    let refusal: String? = inbox.withLock { inbox in
      guard !inbox.isClosing else { return "The HTTP client was closed." }
      // A cancellation before this line is seen here, a later one finds the job in the inbox.
      guard !Task.isCancelled else { return "The request was cancelled." }
      inbox.jobs.append(job)
      unsafe curl_multi_wakeup(multi.raw)
      return nil
    }
    if let refusal { job.fail(.cancelled, refusal) }
  }

  func cancel(_ id: UInt64) {
    inbox.withLock { inbox in
      guard !inbox.isClosing else { return }
      inbox.cancelled.append(id)
      unsafe curl_multi_wakeup(multi.raw)
    }
  }

  /// Goes on with a transfer whose reader was behind.
  func resume(_ id: UInt64) {
    inbox.withLock { inbox in
      guard !inbox.isClosing else { return }
      inbox.resumed.append(id)
      unsafe curl_multi_wakeup(multi.raw)
    }
  }

  /// Ends the thread and waits for it, unless it is the caller.
  func close() {
    inbox.withLock { inbox in
      inbox.isClosing = true
      unsafe curl_multi_wakeup(multi.raw)
    }
    thread.withLock { $0.take() }?.join()
  }

  // MARK: On the thread

  private func run() {
    var transfers: [UInt: CurlTransfer] = [:]
    while true {
      let orders = takeOrders()
      if orders.isClosing {
        for job in orders.jobs { job.fail(.cancelled, "The HTTP client was closed.") }
        for transfer in transfers.values {
          end(transfer, .failure(transfer.error(.cancelled, "The HTTP client was closed.")))
        }
        return
      }
      for job in orders.jobs { start(job, in: &transfers) }
      for id in orders.cancelled {
        guard let transfer = transfers.values.first(where: { $0.job.id == id }) else { continue }
        transfers[transfer.key] = nil
        end(transfer, .failure(transfer.error(.cancelled, "The request was cancelled.")))
      }
      for id in orders.resumed { transfers.values.first { $0.job.id == id }?.resume() }
      // Taken before the transfers run: what arrived while a callback was busy is read below, and
      // must not count as missing.
      let now = ContinuousClock.now
      var running: Int32 = 0
      let performed = unsafe curl_multi_perform(multi.raw, &running)
      collect(from: &transfers)
      deliver(from: &transfers)
      expire(by: now, in: &transfers)
      let polled = unsafe curl_multi_poll(multi.raw, nil, 0, sleepTime(transfers), nil)
      if performed != CURLM_OK || polled != CURLM_OK {
        for transfer in transfers.values {
          let code = Int(performed != CURLM_OK ? performed.rawValue : polled.rawValue)
          end(transfer, .failure(transfer.error(.other(code), "libcurl's event loop failed.")))
        }
        transfers = [:]
      }
    }
  }

  private func takeOrders() -> Inbox {
    inbox.withLock { inbox in
      let orders = inbox
      inbox.jobs = []
      inbox.cancelled = []
      inbox.resumed = []
      return orders
    }
  }

  private func start(_ job: TransferJob, in transfers: inout [UInt: CurlTransfer]) {
    do {
      let transfer = try CurlTransfer(job, settings)
      guard unsafe curl_multi_add_handle(multi.raw, transfer.easy) == CURLM_OK else {
        return job.fail(.other(Int(CURLE_FAILED_INIT.rawValue)), "libcurl took no more transfers.")
      }
      transfers[transfer.key] = transfer
    } catch {
      job.completion(.failure(error))
    }
  }

  private func collect(from transfers: inout [UInt: CurlTransfer]) {
    var remaining: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi.raw, &remaining) {
      guard unsafe message.pointee.msg == CURLMSG_DONE,
        let transfer = unsafe transfers.removeValue(
          forKey: UInt(bitPattern: message.pointee.easy_handle))
      else { continue }
      let code = unsafe message.pointee.data.result
      end(transfer, transfer.outcome(code))
    }
  }

  private func deliver(from transfers: inout [UInt: CurlTransfer]) {
    for transfer in transfers.values where !transfer.deliverBody() {
      transfers[transfer.key] = nil
      end(transfer, transfer.outcome(CURLE_WRITE_ERROR))
    }
  }

  private func expire(by now: ContinuousClock.Instant, in transfers: inout [UInt: CurlTransfer]) {
    for transfer in transfers.values {
      guard let phase = transfer.deadlines.expired(by: now) else { continue }
      transfers[transfer.key] = nil
      end(transfer, .failure(transfer.timeout(phase)))
    }
  }

  private func end(_ transfer: CurlTransfer, _ outcome: Result<HTTPResponseHead, HTTPError>) {
    unsafe curl_multi_remove_handle(multi.raw, transfer.easy)
    transfer.job.completion(outcome)
  }

  /// Milliseconds until something of ours is due; libcurl shortens the sleep to its own timers.
  private func sleepTime(_ transfers: [UInt: CurlTransfer]) -> Int32 {
    guard let next = transfers.values.compactMap({ $0.deadlines.next?.at }).min() else {
      return .max
    }
    let wait = (next - .now) / Duration.milliseconds(1)
    return wait <= 0 ? 0 : wait >= Double(Int32.max) ? .max : Int32(wait.rounded(.up))
  }
}
