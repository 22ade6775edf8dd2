import Gallery
import Seedream

/// Saves the pictures of one exchange as soon as they are named, several at a time, and keeps the journal
/// ahead of them.
struct ReplyCollection: Sendable {
  let exchange: Exchange
  let saver: PictureSaver
  let control: RunControl
  let report: @Sendable (RunReport) async -> Void

  /// Sends the request and returns when the reply has ended and every picture is saved or lost.
  ///
  /// - Parameter onEnding: Called when nothing more goes to the provider; pictures may still be missing.
  func run(
    onEnding: (ExchangeEnding) -> Void
  ) async -> (ending: ExchangeEnding, members: [JobStatus.Member]) {
    await withTaskGroup(of: JobStatus.Member.self) { group in
      async let failure = control.during { await exchange.send() }
      var members: [JobStatus.Member] = []
      var last: ReplyReceiver.Event?
      var drawn = 0
      for await event in exchange.events {
        switch event {
        case .requestLeft: await report(.sent)
        case .answered(let requestID):
          if let requestID { await report(.requestID(requestID)) }
        case .picture(let index, .success(let source)):
          drawn += 1
          await note(index, source)
          group.addTask {
            let member = await saver.save(index, source, reply: { exchange.facts })
            await report(.member(member))
            return member
          }
        case .picture(let index, .failure(let loss)):
          drawn += 1
          members.append(.init(index: index, loss))
          await report(.member(.init(index: index, loss)))
        case .memberRefused(let index, let error):
          members.append(await note(index, error))
        case .failed, .interrupted, .abandoned, .finished: last = event
        }
      }
      let ending = exchange.ending(last: last, failure: await failure)
      onEnding(ending)
      // Before the pictures are here: what is missing then is fetched, not bought again.
      await write(ending.journalled(pictures: drawn, requestID: exchange.facts.requestID))
      if !group.isEmpty { await report(.downloading) }
      for await member in group { members.append(member) }
      return (ending, members.sorted { $0.index < $1.index })
    }
  }

  private func note(_ index: Int, _ source: PictureSource) async {
    let layout = saver.bench.archive.layout
    await write(.result(number: index + 1, source.journalled(in: layout)))
    await report(.arriving(number: index + 1, source))
  }

  private func note(_ index: Int, _ error: APIError) async -> JobStatus.Member {
    let requestID = exchange.facts.requestID
    let member = JobStatus.Member(index: index, error, requestID: requestID)
    await write(.failed(.init(error, number: index + 1, requestID: requestID)))
    await report(.member(member))
    return member
  }

  /// A journal that cannot be written must not keep what is paid for from being saved.
  private func write(_ event: JournalEntry.Event) async {
    try? await saver.bench.archive.write(event, of: saver.origin.job)
  }
}
