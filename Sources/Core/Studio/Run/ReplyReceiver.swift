import Gallery
import HTTP
import Posix
import Secrets
import Seedream
import Synchronization

/// Takes one reply apart while it arrives: bytes of pictures go to files at once, on the transfer's own
/// thread; everything else becomes events for the run. Whoever takes a reply apart may wait for the disk; what
/// is known of it is told by `ReplyProgress`, where nobody waits.
///
/// A picture that cannot be written costs that picture alone: the reply is read to its end all the same,
/// because only its end says what was drawn.
final class ReplyReceiver: Sendable {
  /// What the run hears, in order; at most one of the last five, and nothing after it.
  enum Event: Sendable {
    /// The last byte of the request was taken up.
    case requestLeft
    /// The head of the reply is here, with the provider's name for the request.
    case answered(requestID: String?)
    case picture(index: Int, Result<PictureSource, PictureLoss>)
    case memberRefused(index: Int, APIError)
    case failed(CallEnding.Refusal)
    /// The reply is over, and pictures that were or may have been drawn could not be read in it.
    case unreadable(APIError)
    case interrupted
    /// The reply went beyond what this program is willing to hold, so the rest of it is unknown.
    case abandoned(ReplyFault)
    case finished
  }

  /// What is still wanted of a reply.
  enum Want {
    case more
    /// It has said all but, perhaps, the mark of its end.
    case onlyItsEnd
    /// Nobody should wait for a connection that stays open.
    case nothing
  }

  /// What only the transfer's thread looks at: it is held while files are written.
  private struct Assembly {
    var parser: ReplyParser
    var files: [Int: Result<SpooledPicture, GalleryError>] = [:]
    var places = SetIndexAllocator()
    var head: HTTPResponseHead?
    var facts: ReplyFacts
    /// Pictures that are references byte for byte: no results, unless nothing else comes.
    var repeated: [PictureReply] = []
    /// Whether a picture was named that is no reference.
    var hasResult = false
    /// The hashes of pictures inside the reply so far.
    var digests: Set<String> = []
    /// Pictures that equal one of those byte for byte.
    var twins: [PictureReply] = []
    /// How many pictures were named.
    var count = 0
    /// What the run is to hear of the bytes that are being read.
    var untold: [Event] = []
  }

  let progress: ReplyProgress
  private let assembly: Mutex<Assembly>
  private let dialect: Dialect
  private let spool: PictureSpool
  private let redaction: Redaction
  private let job: PendingJob?
  private let address: String
  private let request: GenerationRequest
  /// How many pictures were asked for, at most.
  private let asked: Int
  /// The body as it came, as long as it may be needed.
  private let replySpool: ReplySpool

  /// - Parameters:
  ///   - spool: Where pictures inside the reply are written to.
  ///   - address: Where the request goes: addresses of pictures may be relative to it.
  ///   - request: What is sent: a reply that repeats its references names no pictures by that.
  ///   - model: What it is sent to.
  ///   - job: What was asked for, where that is no new request.
  ///   - facts: What an earlier reply has said.
  init(
    dialect: Dialect, spool: PictureSpool, redaction: Redaction, address: String,
    request: GenerationRequest, model: Model?, job: PendingJob? = nil,
    facts: ReplyFacts = ReplyFacts()
  ) {
    self.address = address
    self.request = request
    asked = request.reservedPictures(of: model)
    replySpool = ReplySpool(spool.layout)
    self.dialect = dialect
    self.spool = spool
    self.redaction = redaction
    self.job = job
    progress = ReplyProgress(facts)
    assembly = Mutex(Assembly(parser: ReplyParser(dialect: dialect, job: job), facts: facts))
  }

  /// The body as it came, for a reply that could not be read; nil where there was none.
  func rawReply() async -> ReplySpool.Body? {
    await besides { self.replySpool.body(self.redaction) }
  }

  // MARK: On the transfer's thread

  /// The head of the reply is here.
  func begin(_ head: HTTPResponseHead) {
    let requestID = head["X-Request-Id"].map(redaction.name)
    assembly.withLock { state in
      state.head = head
      state.facts.requestID = state.facts.requestID ?? requestID
      state.parser = ReplyParser(
        status: head.status, requestID: requestID, dialect: dialect, job: job, address: address,
        sent: Set(
          request.references.compactMap { if case .url(let url) = $0 { url } else { nil } }),
        asked: asked)
      progress.begin(status: head.status)
      tell(.answered(requestID: requestID), &state)
      handOver(&state)
    }
  }

  /// The next bytes of the body are here.
  func consume(_ bytes: [UInt8]) -> Want {
    assembly.withLock { state in
      if state.facts.firstByte == nil {
        state.facts.firstByte = SystemClock.secondsSince1970
        progress.note(state.facts)
      }
      replySpool.take(bytes)
      for event in state.parser.consume(bytes) { take(event, &state) }
      handOver(&state)
      if state.parser.isEnded { return .nothing }
      return state.parser.hasSaidAll ? .onlyItsEnd : .more
    }
  }

  /// The connection has ended, however it did.
  func finish(isCut: Bool) {
    assembly.withLock { state in
      for event in state.parser.finish(isCut: isCut) { take(event, &state) }
      handOver(&state)
    }
    progress.finish()
  }

  private func tell(_ event: Event, _ state: inout Assembly) { state.untold.append(event) }

  /// Tells everybody what is known by now, and then the run of what there was. What the same bytes say behind a
  /// picture, as what was used, is known when its record is written.
  private func handOver(_ state: inout Assembly) {
    progress.note(state.facts)
    for event in state.untold { progress.publish(event) }
    state.untold = []
  }

  private func take(_ event: ReplyEvent, _ state: inout Assembly) {
    if event.isLast { settleTwins(&state) }
    if event.isLast, !state.hasResult {
      // Nothing else came: an edit may change nothing, and is paid for.
      for reply in state.repeated { name(reply, &state) }
      state.repeated = []
    } else if event.isLast, !state.repeated.isEmpty {
      state.facts.remarks.append("The reply repeats a reference, which is left out.")
    }
    switch event {
    case .imageBytes(let image, let bytes): write(bytes, of: image, &state)
    case .imageDropped(let image): state.files[image] = nil
    case .picture(let reply):
      if repeatsReference(reply, state) {
        state.repeated.append(reply)
      } else if repeatsItself(reply, &state) {
        state.twins.append(reply)
      } else {
        state.hasResult = true
        name(reply, &state)
      }
    case .memberRefused(let index, let error):
      let place = state.places.take(index)
      tell(.memberRefused(index: place, redaction.error(error)), &state)
    case .completed(let completion):
      state.facts.model = completion.model.map(redaction.name)
      state.facts.usage = completion.usage
      if let searches = completion.usage.webSearches {
        state.facts.remarks.append(Self.remark(onSearches: searches))
      }
      if let error = completion.error {
        state.facts.remarks.append("The provider adds: \(redaction.error(error).sentence)")
      }
      state.facts.isStillDrawn = completion.isStillDrawn
      state.facts.pending = completion.pending
    case .ignored: break
    case .failed(let error): tell(.failed(refusal(error, state.head)), &state)
    case .unreadable(let error): tell(.unreadable(redaction.error(error)), &state)
    case .interrupted: tell(.interrupted, &state)
    case .abandoned(let fault): tell(.abandoned(fault), &state)
    case .finished: tell(.finished, &state)
    }
  }

  private func name(_ reply: PictureReply, _ state: inout Assembly) {
    let source = source(of: reply, &state)
    let place = state.places.take(reply.index)
    state.count += 1
    state.facts.said[place] = SaidOfPicture(reply, redaction.text)
    tell(.picture(index: place, source), &state)
  }

  /// Pictures that came twice are one, where the provider says that it generated no more than are here.
  private func settleTwins(_ state: inout Assembly) {
    let twins = state.twins
    state.twins = []
    for reply in twins {
      if let generated = state.facts.usage?.generatedImages, generated <= state.count {
        if case .inline(let image, _) = reply.source { state.files[image] = nil }
        state.facts.remarks.append("The provider sent a picture twice: it is kept once.")
      } else {
        name(reply, &state)
      }
    }
  }

  /// Whether a picture inside the reply equals an earlier one, byte for byte. Layers may.
  private func repeatsItself(_ reply: PictureReply, _ state: inout Assembly) -> Bool {
    guard !request.layers, case .inline(let image, _) = reply.source,
      case .success(let bytes)? = state.files[image], let digest = bytes.digest,
      !state.digests.insert(digest).inserted
    else { return false }
    return true
  }

  /// Whether a picture inside the reply is one of the references, byte for byte: the base of a split may be.
  private func repeatsReference(_ reply: PictureReply, _ state: Assembly) -> Bool {
    guard !request.layers, case .inline(let image, let byteCount) = reply.source,
      case .success(let bytes)? = state.files[image]
    else { return false }
    return request.references.contains { reference in
      guard case .stored(let kept) = reference, kept.byteCount == byteCount else { return false }
      return bytes.digest == kept.sha256
    }
  }

  private static func remark(onSearches count: Int) -> String {
    switch count {
    case ..<1: "The model saw no need to search the web."
    case 1: "The model searched the web once."
    default: "The model searched the web \(count) times."
    }
  }

  private func write(_ bytes: [UInt8], of image: Int, _ state: inout Assembly) {
    do throws(GalleryError) {
      let file: SpooledPicture
      switch state.files[image] {
      case .success(let open): file = open
      case .failure: return
      case nil: file = SpooledPicture(spool)
      }
      state.files[image] = .success(file)
      try file.append(bytes)
    } catch {
      state.files[image] = .failure(error)
    }
  }

  private func source(
    of reply: PictureReply, _ state: inout Assembly
  ) -> Result<PictureSource, PictureLoss> {
    switch reply.source {
    case .url(let address):
      let expiry = AddressExpiry(address, named: SystemClock.secondsSince1970)
      return .success(.address(address, expiry))
    case .inline(let image, _):
      let file = state.files.removeValue(forKey: image)
      return file.map {
        $0.map(PictureSource.bytes).mapError { PictureLoss($0, bytesAreGone: true) }
      }
        ?? .failure(PictureLoss("its bytes never came.", isFetchable: false))
    }
  }

  private func refusal(_ error: APIError, _ head: HTTPResponseHead?) -> CallEnding.Refusal {
    CallEnding.Refusal(
      error: redaction.error(error.leading(to: head?["Location"])),
      retryAfter: head.flatMap { RetryAfter.seconds($0, now: SystemClock.secondsSince1970) },
      forbidsRetry: head?["X-Should-Retry"]?.lowercased() == "false", answersPoll: job != nil)
  }
}

extension PictureLoss {
  /// A picture that came inside a reply and could not be written cannot be asked for again.
  fileprivate init(_ error: GalleryError, bytesAreGone: Bool) {
    self.init(error.message, isFetchable: !bytesAreGone)
  }
}

/// Gives every member of a reply a place of its own: a provider may count wrongly, and two pictures
/// must never share a name.
struct SetIndexAllocator {
  private var taken: Set<Int> = []

  /// The place the provider says, from zero, or the next free one.
  mutating func take(_ index: Int) -> Int {
    let highest = PictureID.numbers.upperBound - 1
    let isUsable = (0...highest).contains(index) && !taken.contains(index)
    let place = isUsable ? index : (0...highest).first { !taken.contains($0) } ?? highest
    taken.insert(place)
    return place
  }
}
