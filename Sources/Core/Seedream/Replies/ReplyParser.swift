/// Reads one reply while it arrives, plain JSON or a stream of events, in pieces of any length.
///
/// Which of the two it is, the first byte says: gateways mislabel. Pictures inside the reply are
/// decoded as they go by; besides them at most `ReplyLimits.documentBytes` are held. A value: one
/// reply, one parser, one thread at a time.
public struct ReplyParser: Sendable {
  private enum Form { case undecided, json, events, refusal }

  private let status: Int
  private let requestID: String?
  private let dialect: Dialect
  private var form: Form
  private var lines = EventStreamLines()
  private var splitter: JSONSplitter
  private var state: ReplyState
  private var eventName = ""
  /// The beginning of a reply that may turn out to be neither.
  private var head: [UInt8] = []

  /// Reads the reply to one request.
  ///
  /// - Parameters:
  ///   - status: Of HTTP; anything but a success makes the body an error, whatever it looks like.
  ///   - requestID: The reply's `X-Request-Id`, for errors that do not name it themselves.
  ///   - job: The one that was asked for, for replies to `Dialect.poll`.
  public init(
    status: Int = 200, requestID: String? = nil, dialect: Dialect = .ark,
    limits: ReplyLimits = ReplyLimits(), job: PendingJob? = nil
  ) {
    self.status = status
    self.requestID = requestID
    self.dialect = dialect
    form = (200..<300).contains(status) ? .undecided : .refusal
    splitter = JSONSplitter(limits: limits)
    state = ReplyState(job: job, limits: limits)
  }

  /// Whether the reply has said its last; further bytes are ignored.
  public var isEnded: Bool { state.isEnded }

  /// Takes the next bytes of the body, after any transfer and content encoding was undone.
  public mutating func consume(_ bytes: [UInt8]) -> [ReplyEvent] {
    guard !state.isEnded else { return [] }
    if head.count < 65_536 { head += bytes.prefix(65_536 - head.count) }
    var index = 0
    if form == .undecided { decide(bytes, at: &index) }
    do throws(ReplyFault) {
      switch form {
      case .undecided, .refusal: break
      case .json:
        var outputs: [JSONSplitter.Output] = []
        defer { take(outputs) }
        try splitter.feed(bytes, index..<bytes.count, into: &outputs)
      case .events: try consumeEvents(bytes, from: index)
      }
    } catch {
      if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
      state.report(.abandoned(error))
    }
    return state.drain()
  }

  /// Ends the reply: the connection is closed. The last event returned ends every reply that has not
  /// ended before.
  public mutating func finish() -> [ReplyEvent] {
    guard !state.isEnded else { return [] }
    switch form {
    case .refusal: state.report(.failed(APIError(status: status, body: head, requestID: requestID)))
    case .undecided: state.report(.interrupted)
    case .json:
      // Before what came whole is claimed, which may be one picture too many and end the reply.
      if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
      state.salvage()
      state.report(.interrupted)
    case .events:
      if splitter.isOpen { abandonText() }
      if isEventStream {
        state.endStream()
      } else {
        state.report(.failed(APIError(status: status, body: head, requestID: requestID)))
      }
    }
    return state.drain()
  }

  /// Whether the reply began as a stream of events does, if only with a part of a field's name. What
  /// did not, a page of some gateway, was never an answer of the provider's.
  private var isEventStream: Bool {
    let start = head.drop { Self.padding.contains($0) }
    return [":", "data", "event", "id", "retry"].contains { field in
      start.starts(with: field.utf8) || field.utf8.starts(with: start)
    }
  }

  /// White space and the bytes of a byte order mark.
  private static let padding: [UInt8] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]

  /// An event ended before its JSON did.
  private mutating func abandonText() {
    state.ignore(splitter.text)
    if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
    state.dropWaiting()
  }

  private mutating func decide(_ bytes: [UInt8], at index: inout Int) {
    while index < bytes.count, Self.padding.contains(bytes[index]) { index += 1 }
    guard index < bytes.count else { return }
    form = bytes[index] == UInt8(ascii: "{") ? .json : .events
  }

  private mutating func consumeEvents(
    _ bytes: [UInt8], from start: Int
  ) throws(ReplyFault) {
    var index = start
    var outputs: [JSONSplitter.Output] = []
    defer { take(outputs) }
    while index < bytes.count, !state.isEnded {
      if splitter.isInImage, lines.isInData {
        index = try splitter.feedImage(bytes, index..<bytes.count, into: &outputs)
      }
      switch lines.next(in: bytes, at: &index) {
      case .dataLine?:
        // Some gateways leave out the empty line between events.
        if splitter.isDone { splitter.reset() }
        if splitter.isOpen { try splitter.feed([0x0a], 0..<1, into: &outputs) }
      case .data(let range)?: try splitter.feed(bytes, range, into: &outputs)
      case .event(let name)?: eventName = name
      case .endOfEvent?:
        if splitter.isOpen { abandonText() }
        splitter.reset()
        eventName = ""
      case nil: break
      }
      take(outputs)
      outputs.removeAll(keepingCapacity: true)
    }
  }

  private mutating func take(_ outputs: [JSONSplitter.Output]) {
    for output in outputs where !state.isEnded {
      switch output {
      case .imageBytes(let image, let bytes):
        state.report(.imageBytes(image: image, bytes))
      case .imageEnd(let image): state.wait(for: image)
      case .member(let json):
        state.takeMember(json)
      case .document(let json) where form == .json:
        state.takeReply(json, status: status, requestID: requestID, dialect: dialect)
      case .document(let json):
        state.takeEvent(json, name: eventName, requestID: requestID, dialect: dialect)
      }
    }
  }
}
