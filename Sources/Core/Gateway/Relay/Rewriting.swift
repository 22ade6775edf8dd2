import HTTP
import Posix
import Secrets
import Seedream
import Synchronization

/// A reply on its way through parser and rewriter, asking for a job where the provider only took it.
final class Rewriting: Sendable {
  private struct State {
    var parser: ReplyParser
    var rewriter: ReplyRewriter
    /// Of pictures that are not told yet, by their numbers.
    var images: [Int: SpooledImage] = [:]
    var unsent: [Part] = []
    /// The reply as it came, as long as it is short and nothing of it is clear.
    var whole: [UInt8]? = []
    /// What goes on in the provider's own words.
    var raw: RawReply?
    var pending: PendingJob?
    var isOver = false
  }

  private enum Part: Sendable {
    case text([UInt8])
    case image(SpooledImage)
  }

  let incoming: HTTPIncoming
  private let call: UpstreamCall
  private let form: ReplyRewriter.Form
  private let state: Mutex<State>

  init(_ call: UpstreamCall, _ incoming: HTTPIncoming, _ rewriter: ReplyRewriter) {
    self.call = call
    self.incoming = incoming
    form = rewriter.form
    state = Mutex(
      State(
        parser: ReplyParser(
          status: incoming.head.status, requestID: incoming.head["X-Request-Id"],
          dialect: call.upstream.dialect, address: call.address), rewriter: rewriter))
  }

  /// The reply itself, where it is handed over because nobody can read it.
  var raw: RawReply? { state.withLock(\.raw) }

  /// Reads until it is clear whether there will be a picture.
  ///
  /// - Throws: `Refusal` where there will be none, `HTTPError`.
  func begin(with first: [UInt8]) async throws {
    state.withLock { $0.unsent = [.text(Array($0.rewriter.head.utf8))] }
    var isClear = try take(first, mayRefuse: true)
    while !isClear {
      isClear = try await step(mayRefuse: true)
    }
  }

  /// Hands over all pieces in order.
  ///
  /// - Throws: `PosixError` where a picture cannot be read back, `Refusal`.
  func pieces(_ take: ([UInt8]) async -> Void) async throws {
    while true {
      let (parts, isOver) = state.withLock { state in
        defer { state.unsent = [] }
        return (state.unsent, state.isOver)
      }
      for part in parts {
        switch part {
        case .text(let text): if !text.isEmpty { await take(text) }
        case .image(let image): try await image.base64(take)
        }
      }
      if isOver { return }
      _ = try await step(mayRefuse: false)
    }
  }

  /// Reads one more piece; true once the reply has said something of a picture.
  private func step(mayRefuse: Bool) async throws -> Bool {
    var failure: HTTPError?
    // Of a refusal nobody needs more.
    if isRefused, state.withLock({ $0.whole == nil && $0.images.isEmpty && $0.unsent.count == 1 }) {
      return try await finish(nil, mayRefuse: mayRefuse)
    }
    var piece: [UInt8]?
    do throws(HTTPError) {
      piece = try await incoming.next()
    } catch {
      failure = error
    }
    if let piece { return try take(piece, mayRefuse: mayRefuse) }
    return try await finish(failure, mayRefuse: mayRefuse)
  }

  private func take(_ bytes: [UInt8], mayRefuse: Bool) throws(Refusal) -> Bool {
    let result = state.withLock { state -> Result<Bool, Refusal> in
      if let count = state.whole?.count {
        state.whole = count + bytes.count > Answer.collected ? nil : (state.whole ?? []) + bytes
      }
      return write(state.parser.consume(bytes), &state, mayRefuse)
    }
    return try result.get()
  }

  /// Ends the reply.
  ///
  /// - Parameter failure: What broke the transfer: what came before it is told all the same.
  private func finish(_ failure: HTTPError?, mayRefuse: Bool) async throws -> Bool {
    let pending = try state.withLock { state -> PendingJob? in
      let events = state.parser.finish(isCut: failure != nil)
      if mayRefuse, let failure, state.pending == nil, events.last == .interrupted,
        !events.contains(where: { $0.namesPicture || $0.namesJob })
      {
        throw failure
      }
      _ = try write(events, &state, mayRefuse).get()
      return state.pending
    }
    if let pending {
      // Asked for by a task that nobody cancels, like the request itself once it has left.
      try await Task.detached { [self] in
        try await ask(for: pending, mayRefuse: mayRefuse)
      }.value
    }
    return true
  }

  /// Asks until the provider says how the job ended, or its time is over. It has taken the request: nothing
  /// that meets a question is the answer to that.
  private func ask(for job: PendingJob, mayRefuse: Bool) async throws {
    let polling = call.upstream.dialect.polling
    let end = SystemClock.monotonicMilliseconds + Int64(polling?.patience ?? 0) * 1000
    var (asked, troubles, wish) = (0, 0, 0.0)
    while let polling {
      let left = Double(end - SystemClock.monotonicMilliseconds) / 1000
      guard
        let pause = polling.pause(asked: asked, troubles: troubles, wish: wish, left: left)
      else { break }
      try? await Task.sleep(for: .seconds(pause))
      asked += 1
      switch await call.ask(for: job) {
      case .ended(let events):
        try state.withLock { state in
          state.pending = nil
          _ = try write(events, &state, mayRefuse, answersPoll: true).get()
        }
        return
      case .goesOn: (troubles, wish) = (0, 0)
      case .trouble(let seconds): (troubles, wish) = (troubles + 1, seconds ?? 0)
      }
    }
    if let events = call.namedSoFar {
      return try state.withLock { state in
        state.pending = nil
        _ = try write(events, &state, mayRefuse, answersPoll: true).get()
      }
    }
    throw Refusal(
      status: 502, code: Refusal.outcomeUnknown,
      message:
        "The provider has not finished the job \(job.id): it may have been drawn and billed.",
      type: "InternalServerError", outcome: .unknown)
  }

  /// True once something of a picture is clear.
  private func write(
    _ events: [ReplyEvent], _ state: inout State, _ mayRefuse: Bool, answersPoll: Bool = false
  ) -> Result<Bool, Refusal> {
    var isClear = false
    for event in events {
      if case .completed(let completion) = event, let job = completion.pending {
        state.pending = job
      }
      if state.pending != nil, event == .interrupted { continue }
      if hold(event, &state) { continue }
      if mayRefuse, !isClear, let refusal = refusal(event, answersPoll: answersPoll) {
        guard !answersPoll, !isRefused, case .unreadable = event, handOver(event, &state) else {
          return .failure(refusal)
        }
        return .success(true)
      }
      state.unsent += parts(of: call.upstream.withoutSecrets(event), &state)
      switch event {
      case .picture, .memberRefused: isClear = true
      default: isClear = isClear || event.isLast
      }
      if event.isLast { state.isOver = true }
    }
    if isClear { state.whole = nil }
    return .success(isClear)
  }

  /// Why a reply of which nothing is clear yet will have no picture; nil where it goes on.
  private func refusal(_ event: ReplyEvent, answersPoll: Bool) -> Refusal? {
    switch event {
    case .failed(let error) where isRefused && !answersPoll:
      Refusal(error, incoming.head, call.upstream, saysDrawn: false)
    case .unreadable(let error) where isRefused && !answersPoll:
      Refusal(error, incoming.head, call.upstream, saysDrawn: true)
    default: Refusal(call.upstream.withoutSecrets(event), answersPoll: answersPoll)
    }
  }

  /// Whether the status refuses the request.
  private var isRefused: Bool { !(200..<300).contains(incoming.head.status) }

  /// Whether an event was of bytes that nobody knows yet whether they are of a picture.
  private func hold(_ event: ReplyEvent, _ state: inout State) -> Bool {
    switch event {
    case .imageBytes(let number, let bytes):
      let image = state.images[number] ?? SpooledImage()
      state.images[number] = image
      image.append(bytes)
    case .imageDropped(let number): state.images[number] = nil
    default: return false
    }
    return true
  }

  private func parts(of event: ReplyEvent, _ state: inout State) -> [Part] {
    state.rewriter.take(event).map { piece in
      switch piece {
      case .text(let text): .text(text)
      case .image(let number): .image(state.images.removeValue(forKey: number) ?? SpooledImage())
      }
    }
  }

  /// Has a short reply go on as it came, where there may be something in it; a stream says beside it that it
  /// could not be read.
  private func handOver(_ event: ReplyEvent, _ state: inout State) -> Bool {
    guard let raw = state.whole.map({ RawReply($0) }), raw.mayHoldPicture else { return false }
    switch form {
    case .document: (state.unsent, state.raw) = ([.text(raw.text)], raw)
    case .events:
      state.unsent = [.text(raw.event)] + parts(of: call.upstream.withoutSecrets(event), &state)
    }
    state.isOver = true
    return true
  }
}

extension Refusal {
  /// By a status that refuses.
  ///
  /// - Parameter saysDrawn: The body says that something was drawn all the same, or will be.
  init(_ error: APIError, _ head: HTTPResponseHead, _ upstream: Upstream, saysDrawn: Bool) {
    var error = upstream.withoutSecrets(error.leading(to: head["Location"]))
    if error.message.isEmpty {
      error.message = "The provider answered with the status \(head.status) and no words."
    }
    let asksToWait = head["Retry-After"] != nil
    self.init(error, saysDrawn ? .unknown : RequestOutcome(of: error, asksToWait: asksToWait))
    retryAfter = saysDrawn ? nil : head["Retry-After"].map(upstream.redaction.name)
  }

  /// Of an answer in which no picture was found and which is no refusal: something may have been drawn.
  init(unreadable error: APIError) {
    self.init(
      APIError(
        code: Refusal.outcomeUnknown,
        message: "The provider's answer cannot be read: \(error.sentence)",
        type: "InternalServerError", requestID: error.requestID), .unknown)
  }

  /// Why a reply of which nothing is clear yet will have no picture; nil where it goes on.
  fileprivate init?(_ event: ReplyEvent, answersPoll: Bool) {
    switch event {
    case .failed(let error):
      self.init(
        error, answersPoll ? RequestOutcome(ofJobAskedFor: error) : RequestOutcome(of: error))
    case .unreadable(let error): self.init(unreadable: error)
    case .interrupted: self = .broken
    case .abandoned(let fault):
      self = .broken
      message = fault.sentence
    default: return nil
    }
  }
}
