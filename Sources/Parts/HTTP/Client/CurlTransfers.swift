import CCurl

/// The transfers on the client's thread. What a round costs depends on how many of them it touches, not on
/// how many there are.
struct CurlTransfers {
  private let multi: CurlMulti
  private let round = CurlRound()
  private var all: [UInt64: CurlTransfer] = [:]
  /// No limit of a transfer runs out before; may be too early, never too late.
  private(set) var due: ContinuousClock.Instant?
  /// When connections that rest are of no more use, after the last transfer; nil while there are any, or none was
  /// since.
  private(set) var restDue: ContinuousClock.Instant?

  init(_ multi: CurlMulti) { self.multi = multi }

  /// Whether the connections that rest should be closed now; it then says so no more.
  mutating func isRested(by now: ContinuousClock.Instant) -> Bool {
    guard let time = restDue, time <= now else { return false }
    restDue = nil
    return true
  }

  /// - Parameter onBodyReady: Called from any thread when the body of the request can go on.
  mutating func start(
    _ job: TransferJob, _ settings: CurlSettings, onBodyReady: @escaping @Sendable () -> Void
  ) {
    do {
      let transfer = try CurlTransfer(job, settings, round, onBodyReady: onBodyReady)
      guard unsafe curl_multi_add_handle(multi.raw, transfer.easy) == CURLM_OK else {
        return job.fail(.other(Int(CURLE_FAILED_INIT.rawValue)), "libcurl took no more transfers.")
      }
      all[job.id] = transfer
      restDue = nil
      note(transfer)
    } catch {
      job.completion(.failure(error))
    }
  }

  /// - Parameter isUnconditional: Whether what has been sent is cut as well, though the job says otherwise.
  mutating func cancel(_ id: UInt64, isUnconditional: Bool) {
    guard let transfer = all[id] else { return }
    guard isUnconditional || !transfer.job.outlivesTask || !transfer.isConnected else { return }
    end(transfer, .failure(transfer.error(.cancelled, "The request was cancelled.")))
  }

  func resume(_ id: UInt64) { all[id]?.resume() }

  /// Ends what libcurl is through with, and hands over what has come of the rest.
  mutating func endRound() {
    var remaining: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi.raw, &remaining) {
      guard unsafe message.pointee.msg == CURLMSG_DONE,
        let transfer = unsafe all[ccurl_private_number(message.pointee.easy_handle)]
      else { continue }
      let code = unsafe message.pointee.data.result
      end(transfer, transfer.outcome(code))
    }
    let touched = round.touched
    round.touched = []
    for transfer in touched where all[transfer.job.id] != nil {
      if transfer.deliver() {
        note(transfer)
      } else {
        end(transfer, transfer.outcome(CURLE_WRITE_ERROR))
      }
    }
  }

  /// Whether a limit may have run out.
  func isDue(by now: ContinuousClock.Instant) -> Bool { due.map { $0 <= now } ?? false }

  mutating func expire(by now: ContinuousClock.Instant) {
    guard isDue(by: now) else { return }
    due = nil
    for transfer in Array(all.values) {
      if let phase = transfer.deadlines.expired(by: now) {
        end(transfer, .failure(transfer.timeout(phase)))
      } else {
        note(transfer)
      }
    }
  }

  mutating func endAll(_ code: HTTPError.Code, _ message: String) {
    for transfer in Array(all.values) {
      end(transfer, .failure(transfer.error(code, message)))
    }
  }

  private mutating func end(
    _ transfer: CurlTransfer, _ outcome: Result<HTTPResponseHead, HTTPError>
  ) {
    all[transfer.job.id] = nil
    if all.isEmpty {
      due = nil
      restDue = .now + .seconds(CurlTransfer.longestRest + 1)
    }
    unsafe curl_multi_remove_handle(multi.raw, transfer.easy)
    transfer.job.completion(outcome)
  }

  private mutating func note(_ transfer: CurlTransfer) {
    guard let next = transfer.deadlines.next?.at else { return }
    due = due.map { min($0, next) } ?? next
  }
}
