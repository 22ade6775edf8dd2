import HTTP
import Posix
import Seedream
import Synchronization

/// A reply on its way through parser and rewriter, asking for a job where the provider only took it.
final class Rewriting: Sendable {
  private struct State {
    var parser: ReplyParser
    var rewriter: ReplyRewriter
    var unsent: [UInt8] = []
    var pending: PendingJob?
    var isOver = false
  }

  let incoming: HTTPIncoming
  private let call: UpstreamCall
  private let state: Mutex<State>

  init(_ call: UpstreamCall, _ incoming: HTTPIncoming, _ rewriter: ReplyRewriter) {
    self.call = call
    self.incoming = incoming
    state = Mutex(
      State(
        parser: ReplyParser(
          status: incoming.head.status, requestID: incoming.head["X-Request-Id"],
          dialect: call.upstream.dialect, address: call.address), rewriter: rewriter))
  }

  /// Reads until it is clear whether there will be a picture.
  ///
  /// - Throws: `Refusal` where there will be none, `HTTPError`, `ReplyRewriter.Broken`.
  func begin(with first: [UInt8]) async throws {
    state.withLock { $0.unsent = Array($0.rewriter.head.utf8) }
    var isClear = try take(first, mayRefuse: true)
    while !isClear {
      isClear = try await step(mayRefuse: true)
    }
  }

  /// Hands over all pieces in order.
  func pieces(_ take: ([UInt8]) async -> Void) async throws {
    while true {
      let (bytes, isOver) = state.withLock { state in
        defer { state.unsent = [] }
        return (state.unsent, state.isOver)
      }
      if !bytes.isEmpty { await take(bytes) }
      if isOver { return }
      _ = try await step(mayRefuse: false)
    }
  }

  /// Reads one more piece; true once the reply has said something of a picture.
  private func step(mayRefuse: Bool) async throws -> Bool {
    if let piece = try await incoming.next() { return try take(piece, mayRefuse: mayRefuse) }
    return try await finish(mayRefuse: mayRefuse)
  }

  private func take(_ bytes: [UInt8], mayRefuse: Bool) throws -> Bool {
    try state.withLock { state in
      try Self.write(state.parser.consume(bytes), &state, mayRefuse, call.upstream)
    }
  }

  private func finish(mayRefuse: Bool) async throws -> Bool {
    let pending = try state.withLock { state -> PendingJob? in
      let events = state.parser.finish()
      _ = try Self.write(events, &state, mayRefuse, call.upstream)
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
          _ = try Self.write(events, &state, mayRefuse, call.upstream, answersPoll: true)
        }
        return
      case .goesOn: (troubles, wish) = (0, 0)
      case .trouble(let seconds): (troubles, wish) = (troubles + 1, seconds ?? 0)
      }
    }
    if let events = call.namedSoFar {
      return try state.withLock { state in
        state.pending = nil
        _ = try Self.write(events, &state, mayRefuse, call.upstream, answersPoll: true)
      }
    }
    throw Refusal(
      status: 502, code: Refusal.outcomeUnknown,
      message:
        "The provider has not finished the job \(job.id): it may have been drawn and billed.",
      type: "InternalServerError", outcome: .unknown)
  }

  /// True once something of a picture is clear.
  private static func write(
    _ events: [ReplyEvent], _ state: inout State, _ mayRefuse: Bool, _ upstream: Upstream,
    answersPoll: Bool = false
  ) throws -> Bool {
    var isClear = false
    for event in events {
      if case .completed(let completion) = event, let job = completion.pending {
        state.pending = job
      }
      if state.pending != nil, event == .interrupted { continue }
      let event = upstream.withoutSecrets(event)
      if mayRefuse, !isClear, let refusal = Refusal(event, answersPoll: answersPoll) {
        throw refusal
      }
      state.unsent += try state.rewriter.take(event)
      switch event {
      case .imageBytes, .picture, .memberRefused: isClear = true
      default: isClear = isClear || event.isLast
      }
      if event.isLast { state.isOver = true }
    }
    return isClear
  }
}

extension Refusal {
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
