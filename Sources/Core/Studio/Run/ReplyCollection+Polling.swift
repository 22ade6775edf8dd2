import Gallery
import Jobs
import Posix
import Seedream

extension ReplyCollection {
  /// Asks for the pictures of a job that the provider has taken, until it says how that ended.
  ///
  /// Asking draws nothing and costs nothing: after a failure it is asked again. At the end of patience, and
  /// where the provider will not tell, the outcome is unknown and the sentence names the job.
  func poll(
    _ job: PendingJob, _ heard: inout Heard, _ group: inout TaskGroup<JobStatus.Member>
  ) async -> CallEnding {
    let taken = "the provider took the request as its job '\(call.shown(job))' and "
    guard let polling = call.polling else { return .interrupted(taken + "cannot be asked.") }
    let ending = await ask(job, polling, &heard, &group)
    await takeHeld(&heard, &group)
    switch ending {
    case .ended(let ending): return ending
    case .neverTold(let trouble):
      return .interrupted(
        taken + "has not told within \(polling.patience / 60) minutes how it ended\(trouble)")
    case .failed(let sentence):
      return .interrupted(
        taken + "says that it generated \(heard.generated), and that it failed: \(sentence)")
    }
  }

  private enum Answer {
    case ended(CallEnding)
    case neverTold(String)
    /// In spite of pictures that it says were generated.
    case failed(String)
  }

  /// Asks until an answer is the end, or until the time is over. Pictures are kept aside meanwhile.
  private func ask(
    _ job: PendingJob, _ polling: Polling, _ heard: inout Heard,
    _ group: inout TaskGroup<JobStatus.Member>
  ) async -> Answer {
    let end = SystemClock.monotonicMilliseconds + Int64(polling.patience) * 1000
    var wish = 0.0
    var trouble = ""
    var (asked, troubles) = (0, 0)
    while let pause = pause(
      of: polling, asked, troubles, wish,
      left: Double(end - SystemClock.monotonicMilliseconds) / 1000)
    {
      try? await Task.sleep(for: .seconds(pause))
      guard let poll = call.poll(job) else { break }
      let before = heard.held
      let ending = await hear(poll, &heard, &group)
      let facts = poll.facts
      let other = facts.pending.flatMap { $0 == job ? nil : $0 }
      (wish, trouble) = (0, "")
      asked += 1
      switch ending {
      case _ where other != nil:
        if heard.held.count > before.count { heard.unread = poll }
        heard.held = before
        trouble = "it told of another job."
      case .complete: return .ended(ending)
      case .refused(let refusal) where refusal.outcome != .unknown:
        let isFree = heard.generated <= heard.named
        return isFree ? .ended(ending) : .failed(refusal.sentence)
      case .interrupted where facts.pending != nil:
        await noteHeld(&heard, of: job)
        let isAll = heard.named >= saver.context.request.count
        if isAll, !facts.isStillDrawn { return .ended(.complete) }
      case .interrupted(let reason), .notSent(let reason, _):
        await noteHeld(&heard, of: job)
        trouble = reason
      case .refused(let refusal): (wish, trouble) = (refusal.retryAfter ?? 0, refusal.sentence)
      case .cancelled: trouble = "the question was cut off."
      }
      troubles = trouble.isEmpty ? 0 : troubles + 1
    }
    return .neverTold(trouble.isEmpty ? "." : ": \(trouble)")
  }

  /// Seconds before the next question; nil where there is none.
  private func pause(
    of polling: Polling, _ asked: Int, _ troubles: Int, _ wish: Double, left: Double
  ) -> Double? {
    guard let fixed = saver.dependencies.pollPauses else {
      return polling.pause(asked: asked, troubles: troubles, wish: wish, left: left)
    }
    return asked < fixed.count ? fixed[asked] : nil
  }
}
