import Gallery
import Posix
import Seedream

extension ReplyCollection {
  /// Asks for the pictures of a job that the provider has taken, until it says how that ended.
  ///
  /// Asking draws nothing and costs nothing: after a failure it is asked again. At the end of patience, and
  /// where the provider will not tell, the outcome is unknown and the sentence names the job.
  func poll(
    _ job: PendingJob, _ heard: inout Heard, _ group: inout TaskGroup<JobStatus.Member>
  ) async -> ExchangeEnding {
    let taken = "the provider took the request as its job '\(exchange.shown(job))' and "
    guard let polling = exchange.polling else { return .interrupted(taken + "cannot be asked.") }
    let end = SystemClock.monotonicMilliseconds + Int64(polling.patience) * 1000
    var wish = 0.0
    var trouble = ""
    var (asked, troubles) = (0, 0)
    while let pause = pause(of: polling, asked, troubles) {
      let seconds = max(pause, wish)
      guard SystemClock.monotonicMilliseconds + Int64(seconds * 1000) <= end else { break }
      await control.during { try? await Task.sleep(for: .seconds(seconds)) }
      guard !control.isCancelled, let poll = exchange.poll(job) else {
        return .cancelled(mayBeBilled: true)
      }
      let ending = await hear(poll, &heard, &group)
      (wish, trouble) = (0, "")
      asked += 1
      switch ending {
      case .complete: return ending
      case .cancelled: return .cancelled(mayBeBilled: true)
      case .notSent(let reason, _): trouble = reason
      case .interrupted(let reason):
        if poll.facts.pending == nil { trouble = reason }
      case .refused(let refusal):
        if refusal.outcome != .unknown { return ending }
        wish = refusal.retryAfter ?? 0
        trouble = refusal.sentence
      }
      troubles = trouble.isEmpty ? 0 : troubles + 1
    }
    let last = trouble.isEmpty ? "." : ": \(trouble)"
    return .interrupted(
      taken + "has not told within \(polling.patience / 60) minutes how it ended\(last)")
  }

  /// Seconds before the next question; nil where there is none.
  private func pause(of polling: Polling, _ asked: Int, _ troubles: Int) -> Double? {
    guard let fixed = saver.bench.pollPauses else {
      return polling.pause(asked: asked, troubles: troubles)
    }
    return asked < fixed.count ? fixed[asked] : nil
  }
}
