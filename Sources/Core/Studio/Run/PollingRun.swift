import Gallery
import HTTP
import Jobs
import Secrets
import Seedream

/// Asks on for the pictures of a job that its provider took from an earlier service. Nothing is sent that
/// draws or costs anything.
struct PollingRun: Sendable {
  let order: RunRequest
  let pending: PendingJob
  let sent: Timestamp?
  /// What the earlier service has heard.
  let members: [JobStatus.Member]
  /// What it has heard of and not saved, by number.
  let missing: [Int: PictureSource]
  /// How many pictures it was told of; nil where of none.
  let generated: Int?
  let dependencies: RunDependencies
  let control: RunControl
  let report: @Sendable (RunReport) async -> Void

  /// Runs to the end of the job. Never throws: the last report says how it ended.
  func run() async {
    let call = ProviderCall(
      asking: order, for: pending, client: dependencies.client,
      galleryActor: dependencies.galleryActor)
    guard let call else {
      let reason = "the provider took the request as its job '\(pending.id)' and cannot be asked."
      let ending = CallEnding.interrupted(reason)
      return await report(
        .ended(
          JobOutcome.of(ending, members: members, asked: order.request.count, isPaid: order.isPaid))
      )
    }
    let collection = ReplyCollection(
      call: call,
      saver: PictureSaver(
        context: order.context, sent: sent, dependencies: dependencies,
        redaction: Redaction(key: order.key)),
      control: control, report: report)
    let collected = await collection.askOn(
      for: pending, after: members, missing, generated: generated)
    await report(
      .ended(
        JobOutcome.of(
          collected.ending, members: collected.members, asked: order.request.count,
          facts: collected.facts, isPaid: order.isPaid)))
  }
}
