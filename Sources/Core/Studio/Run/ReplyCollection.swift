import Gallery
import HTTP
import Jobs
import Seedream

/// Saves the pictures of one call as soon as they are named, several at a time, and keeps the journal
/// ahead of them.
struct ReplyCollection: Sendable {
  let call: ProviderCall
  let saver: PictureSaver
  let control: RunControl
  let report: @Sendable (RunReport) async -> Void

  /// Sends the request and returns when the reply has ended and every picture is saved or lost.
  ///
  /// - Parameters:
  ///   - isTriedAgain: Whether the request is sent again by itself after such an end without a picture.
  ///   - onEnding: Called when nothing more goes to the provider, with how many pictures it named; they
  ///     may still be missing.
  func run(
    isTriedAgain: (CallEnding) -> Bool, onEnding: (CallEnding, Int) -> Void
  ) async -> Collected {
    await withTaskGroup(of: JobStatus.Member.self) { group in
      var heard = Heard()
      heard.isHolding = call.polling != nil
      var ending = await hear(call, &heard, &group)
      let isAll = heard.named >= saver.context.request.count && !call.facts.isStillDrawn
      if call.facts.pending != nil, isAll, case .interrupted = ending {
        ending = .complete
        await takeHeld(&heard, &group)
      } else if let job = call.facts.pending, case .interrupted = ending {
        // Before it is asked: whoever comes after this service has nothing else to ask by.
        // What repeats the key is asked for by this service or not at all.
        if call.shown(job) == job.id { await write(.pending(id: job.id)) }
        await noteHeld(&heard)
        await report(.taken(job))
        ending = await poll(job, &heard, &group)
      } else {
        await takeHeld(&heard, &group)
      }
      if case .interrupted = ending, call.facts.pending == nil, isWhole(heard) {
        // Nothing is missing but a word.
        ending = .complete
        await report(.notice("The reply broke off behind its last picture; none is missing."))
      }
      onEnding(ending, heard.drawn)
      let isTriedAgain = heard.isEmpty && isTriedAgain(ending)
      return await end(ending, isTriedAgain: isTriedAgain, &heard, &group)
    }
  }

  /// What came of one request.
  struct Collected: Sendable {
    var ending: CallEnding
    var members: [JobStatus.Member]
    var facts: ReplyFacts
  }

  /// Asks for the pictures of a job that an earlier service has handed in. Those it was named are taken where
  /// the job names nothing better.
  ///
  /// - Parameter generated: How many pictures the earlier service was told of.
  func askOn(
    for job: PendingJob, after members: [JobStatus.Member], _ missing: [Int: PictureSource],
    generated: Int?
  ) async -> Collected {
    await withTaskGroup(of: JobStatus.Member.self) { group in
      var heard = Heard(members.filter { missing[$0.index + 1] == nil })
      if let generated { heard.note(Usage(generatedImages: generated)) }
      heard.notedCount = heard.generated
      heard.isHolding = true
      for (number, source) in missing where !heard.places.contains(number - 1) {
        heard.held[number - 1] = .picture(.success(source), call)
      }
      heard.noted = missing.compactMapValues(\.journalled)
      let ending = await poll(job, &heard, &group)
      return await end(ending, isTriedAgain: false, &heard, &group)
    }
  }

  /// Whether every picture that was asked for is named, and the reply does not speak of more. A split may
  /// have any number of layers.
  private func isWhole(_ heard: Heard) -> Bool {
    let request = call.asked
    return !request.layers && heard.drawn == request.count
      && call.facts.usage?.generatedImages ?? 0 <= heard.drawn
  }

  /// Writes down how it ended, and waits for the pictures.
  private func end(
    _ ending: CallEnding, isTriedAgain: Bool, _ heard: inout Heard,
    _ group: inout TaskGroup<JobStatus.Member>
  ) async -> Collected {
    let last = heard.unread ?? heard.last ?? call
    var facts = (heard.last ?? call).facts
    facts.usage = heard.usage ?? facts.usage
    // Before the pictures are here: what is missing then is fetched, not bought again.
    await write(
      ending.journalled(
        pictures: heard.drawn, generated: facts.usage?.generatedImages,
        requestID: call.facts.requestID, isTriedAgain: isTriedAgain))
    if !group.isEmpty { await report(.downloading) }
    for await member in group { heard.members.append(member) }
    let members = heard.members.sorted { $0.index < $1.index }
    let isUnread = if case .interrupted = ending { true } else { heard.hasUnreadBytes }
    if isUnread, let body = await last.rawReply(),
      let kept = await saver.dependencies.galleryActor.keep(body, of: saver.context.job)
    {
      facts.hasRawReply = true
      await report(.kept(kept))
    }
    return Collected(ending: ending, members: members, facts: facts)
  }

  /// What the replies have named so far.
  struct Heard: Sendable {
    /// Those that will not come.
    var members: [JobStatus.Member] = []
    var drawn = 0
    /// Pictures are kept aside until it is known what they are: an answer about a job that goes on names
    /// those so far, and the next one names them again.
    var isHolding = false
    /// What is kept aside, by its place.
    var held: [Int: Held] = [:]
    /// What the journal has of that, by number.
    fileprivate var noted: [Int: JournalEntry.Source] = [:]
    /// How many generated pictures the journal has from answers about a job that goes on.
    fileprivate var notedCount = 0
    /// What the replies say was used; of several the one with most pictures.
    private(set) var usage: Usage?
    /// The request whose reply was heard last.
    fileprivate var last: ProviderCall?
    /// The one whose reply says of pictures that were not found in it.
    var unread: ProviderCall?
    fileprivate var places: Set<Int> = []
    /// Those whose bytes came inside the reply.
    fileprivate var inline: Set<Int> = []

    init() {}

    /// - Parameter members: What is known of the set.
    fileprivate init(_ members: [JobStatus.Member]) {
      self.members = members
      places = Set(members.map(\.index))
      drawn = members.savedCount
    }

    /// Whether bytes that came inside the reply turned out to be no picture, or none that anybody recognises:
    /// they may have been read in a wrong way.
    fileprivate var hasUnreadBytes: Bool {
      members.contains { member in
        switch member.outcome {
        case .lost(_, isFetchable: false): inline.contains(member.index)
        case .saved(let picture): inline.contains(member.index) && !picture.isRecognised
        default: false
        }
      }
    }

    fileprivate var isEmpty: Bool { places.isEmpty }

    /// How many pictures are named, those that are kept aside too.
    var named: Int {
      drawn + held.count { !places.contains($0.key) && $0.value.isPicture }
    }

    /// How many pictures the replies say were generated.
    var generated: Int { usage?.generatedImages ?? 0 }

    fileprivate mutating func note(_ usage: Usage?) {
      guard let usage, (usage.generatedImages ?? 0) >= generated else { return }
      self.usage = usage
    }

    /// Whether a member is new: a job that is asked for twice names its pictures twice.
    fileprivate mutating func isNew(_ index: Int) -> Bool { places.insert(index).inserted }
  }

  /// Sends one request and hears its reply to the end; pictures are saved beside that.
  func hear(
    _ call: ProviderCall, _ heard: inout Heard, _ group: inout TaskGroup<JobStatus.Member>
  ) async -> CallEnding {
    // What has reached this machine by now is read, and kept: it is paid for.
    async let failure = send(call)
    heard.last = call
    var last: ReplyReceiver.Event?
    for await event in call.events {
      switch event {
      case .requestLeft: await report(.sent)
      case .answered:
        if let requestID = call.facts.requestID { await report(.requestID(requestID)) }
      case .picture(let index, let result):
        await take(.picture(result, call), index, &heard, &group)
      case .memberRefused(let index, let error):
        await take(.refused(error), index, &heard, &group)
      case .failed, .unreadable, .interrupted, .abandoned, .finished: last = event
      }
    }
    let ending = call.ending(last: last, failure: await failure)
    if case .unreadable? = last { heard.unread = call }
    let facts = call.facts
    heard.note(facts.usage)
    for remark in facts.remarks { await report(.notice(remark)) }
    if facts.model != nil || facts.usage != nil {
      await report(.answered(model: facts.model, heard.usage))
    }
    return ending
  }

  /// Sends a request. A question for a job costs nothing, and nobody ends it early.
  private func send(_ call: ProviderCall) async -> HTTPError? {
    if call.isQuestion { return await call.send() }
    return await control.during(
      patience: { call.requestHasLeft ? .milliseconds(500) : .zero }
    ) { await call.send() }
  }

  /// What a reply names.
  enum Held: Sendable {
    case picture(Result<PictureSource, PictureLoss>, ProviderCall)
    case refused(APIError)

    var isPicture: Bool { if case .picture = self { true } else { false } }
  }

  private func take(
    _ named: Held, _ index: Int, _ heard: inout Heard, _ group: inout TaskGroup<JobStatus.Member>
  ) async {
    if heard.isHolding {
      heard.held[index] = named
      return
    }
    guard heard.isNew(index) else { return }
    switch named {
    case .refused(let error): heard.members.append(await note(index, error))
    case .picture(.failure(let loss), _):
      heard.drawn += 1
      heard.members.append(.init(index: index, loss))
      await report(.member(.init(index: index, loss)))
    case .picture(.success(let source), let call):
      heard.drawn += 1
      if case .bytes = source { heard.inline.insert(index) }
      await note(index, source, call.facts.said[index])
      save(
        index, source, &group, of: call, isLast: heard.drawn >= saver.context.request.count)
    }
  }

  /// Writes down what is kept aside: a service that is killed before the job is over leaves it to the next.
  func noteHeld(_ heard: inout Heard, of job: PendingJob? = nil) async {
    for (index, named) in heard.held.sorted(by: { $0.key < $1.key }) {
      guard case .picture(.success(let source), let call) = named else { continue }
      let redacted = call.redacted(source)
      let known = heard.noted[index + 1]
      if let known, known == redacted.journalled { continue }
      await saver.dependencies.galleryActor.note(
        redacted, index + 1, of: saver.context.job, call.facts.said[index] ?? SaidOfPicture())
      heard.noted[index + 1] = redacted.journalled
    }
    if let job, heard.generated > heard.notedCount, call.shown(job) == job.id {
      heard.notedCount = heard.generated
      await write(.pending(id: job.id, generated: heard.generated))
    }
  }

  /// Takes what was kept aside, since nothing better will come.
  func takeHeld(_ heard: inout Heard, _ group: inout TaskGroup<JobStatus.Member>) async {
    let held = heard.held
    (heard.held, heard.isHolding) = ([:], false)
    for (index, named) in held.sorted(by: { $0.key < $1.key }) {
      await take(named, index, &heard, &group)
    }
  }

  /// Saves a picture beside everything else.
  /// - Parameters:
  ///   - reply: The call that named it; nil for the first.
  ///   - isLast: Whether no other is asked for.
  private func save(
    _ index: Int, _ source: PictureSource, _ group: inout TaskGroup<JobStatus.Member>,
    of reply: ProviderCall? = nil, isLast: Bool = false
  ) {
    let call = reply ?? call
    group.addTask {
      let outcome = await saver.save(index, source) {
        isLast ? await call.factsBehindTheLast : call.facts
      }
      await outcome.report(report)
      return outcome.member
    }
  }

  private func note(_ index: Int, _ source: PictureSource, _ said: SaidOfPicture?) async {
    let said = said ?? SaidOfPicture()
    await saver.dependencies.galleryActor.note(
      call.redacted(source), index + 1, of: saver.context.job, said)
    await report(.arriving(number: index + 1, source, said: said))
  }

  private func note(_ index: Int, _ error: APIError) async -> JobStatus.Member {
    let requestID = call.facts.requestID
    let member = JobStatus.Member(index: index, error, requestID: requestID)
    await write(.failed(.init(error, number: index + 1, requestID: requestID)))
    await report(.member(member))
    return member
  }

  /// A journal that cannot be written must not keep what is paid for from being saved.
  func write(_ event: JournalEntry.Event) async {
    try? await saver.dependencies.galleryActor.write(event, of: saver.context.job)
  }
}

extension SavedPicture {
  /// Whether its bytes are of a format that is known.
  fileprivate var isRecognised: Bool {
    FileFormat(fileExtension: file.split(separator: ".").last ?? "") != .unknown
  }
}
