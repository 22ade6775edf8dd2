import Gallery
import Jobs
import Posix
import Secrets
import Seedream

/// One job from its request to its saved pictures, in as many attempts as it may take.
struct GenerationRun: Sendable {
  let order: RunRequest
  /// From 1, on from those of earlier services.
  let firstAttempt: Int
  let dependencies: RunDependencies
  let control: RunControl
  /// Returns when the request may leave; at once where the run has not paused.
  let turn: @Sendable () async -> Void
  /// Hears of every step, in order.
  let report: @Sendable (RunReport) async -> Void

  private var job: JobID { order.context.job }

  /// Runs the job to its end. Never throws: the last report says how it ended. What has arrived when it
  /// is cancelled is kept.
  func run() async {
    let trace = order.trace.map { _ in CallTrace(key: order.key) }
    var number = firstAttempt
    var attempt: Attempt
    do throws(GalleryError) {
      try await dependencies.galleryActor.prepare(job, bytes: order.request.roomNeeded(order.model))
      attempt = try await self.attempt(number, trace)
    } catch {
      return await hold(error)
    }
    while attempt.members.isEmpty, !control.isCancelled,
      let pause = dependencies.retries.pause(
        after: attempt.ending, attempt: number, chance: Double.random(in: -1...1))
    {
      await wait(pause)
      number += 1
      do throws(GalleryError) {
        attempt = try await self.attempt(number, trace)
      } catch {
        return await hold(error)
      }
    }
    if control.isCancelled, isTriedAgain(after: attempt, number) {
      // Its last line may say that it is sent again.
      try? await dependencies.galleryActor.write(.cancelled, of: job)
      attempt.ending = .cancelled(mayBeBilled: false)
    }
    await dependencies.galleryActor.release(job)
    if let path = order.trace, let trace,
      let fault = await dependencies.galleryActor.write(trace, to: path)
    {
      await report(.notice(fault))
    }
    await report(
      .ended(
        JobOutcome.of(
          attempt.ending, members: attempt.members, asked: order.request.count,
          facts: attempt.facts, isPaid: order.isPaid)))
  }

  /// What came of one attempt.
  private struct Attempt: Sendable {
    var ending: CallEnding
    var members: [JobStatus.Member] = []
    var facts: ReplyFacts?
  }

  /// Gives its turn back: nothing was sent.
  private func hold(_ error: GalleryError) async {
    await dependencies.galleryActor.release(job)
    await report(.held(error))
  }

  /// Waits for its turn, sends the request once, and waits for the pictures that come of it. Throws
  /// where the disk does not take the line that must go before it.
  private func attempt(
    _ number: Int, _ trace: CallTrace?
  ) async throws(GalleryError) -> Attempt {
    let admission = await admitted()
    guard !control.isCancelled else {
      dependencies.limiter.settle(admission, .cancelled(mayBeBilled: false))
      try? await dependencies.galleryActor.write(.cancelled, of: job)
      return Attempt(ending: .cancelled(mayBeBilled: false))
    }
    do {
      let call = try ProviderCall(
        order, client: dependencies.client, galleryActor: dependencies.galleryActor, trace: trace)
      let sent = Timestamp.now()
      try await dependencies.galleryActor.write(.sent(attempt: number), of: job)
      await report(.sending(sent, attempt: number))
      let collection = ReplyCollection(
        call: call,
        saver: PictureSaver(
          context: order.context, sent: sent, dependencies: dependencies,
          redaction: Redaction(key: order.key)),
        control: control, report: report)
      let collected = await collection.run(
        isTriedAgain: { ending in
          !control.isCancelled && isTriedAgain(after: Attempt(ending: ending), number)
        },
        onEnding: { ending, drawn in
          dependencies.limiter.settle(admission, ending, drawn: order.request.layers ? drawn : nil)
        })
      return Attempt(
        ending: collected.ending, members: collected.members, facts: collected.facts)
    } catch {
      let reason =
        (error as? GalleryError)?.message ?? "The request could not be written: \(error)."
      let ending = CallEnding.notSent(reason: reason, isTransient: false)
      dependencies.limiter.settle(admission, ending)
      if let error = error as? GalleryError, error.isOfTheDisk { throw error }
      return Attempt(ending: ending)
    }
  }

  /// Whether the policy has it sent again after this attempt, unless it is cancelled.
  private func isTriedAgain(after attempt: Attempt, _ number: Int) -> Bool {
    attempt.members.isEmpty
      && dependencies.retries.pause(after: attempt.ending, attempt: number, chance: 0) != nil
  }

  // MARK: Waiting

  private func wait(_ pause: RetryPolicy.Pause) async {
    await report(
      .waiting(until: SystemClock.secondsSince1970 + pause.seconds, pause.reason))
    await control.during { try? await Task.sleep(for: .seconds(pause.seconds)) }
  }

  /// Waits for its turn and for room in the provider's allowance; nil where there is none to keep, and
  /// after a cancellation.
  private func admitted() async -> RateLimiter.Admission? {
    while !control.isCancelled {
      await turn()
      guard order.isPaid, !control.isCancelled else { return nil }
      let answer = dependencies.limiter.admit(
        order.request.reservedPictures(of: order.model), to: order.allowance,
        perMinute: order.model?.picturesPerMinute)
      switch answer {
      case .admitted(let admission): return admission
      case .wait(let seconds):
        await wait(
          .init(
            seconds: seconds, reason: "Waits its turn: the model's pictures a minute are used up."))
      }
    }
    return nil
  }
}
