/// Reads one reply while it arrives, plain JSON or a stream of events, in pieces of any length.
///
/// Which of the two it is, the first bytes say: gateways mislabel. Some send JSON behind words of their own,
/// several texts of JSON, the bare bytes of one picture, base64 or an address without anything around it, or words
/// that show pictures. Pictures inside the reply are decoded as they go by; besides them at most
/// `ReplyLimits.documentBytes` are held of a document, and about as much of the words of a conversation. A value:
/// one reply, one parser, one thread at a time.
public struct ReplyParser: Sendable {
  private enum Form { case undecided, json, events, image, page }

  private let status: Int
  private let requestID: String?
  private let dialect: Dialect
  private let limits: ReplyLimits
  private var form: Form
  private var lines = EventStreamLines()
  private var splitter: JSONSplitter
  private var state: ReplyState
  private var eventName = ""
  /// The beginning of a reply that may turn out to be neither.
  private var head: [UInt8] = []
  /// What has come before it was clear what it is.
  private var held: [UInt8] = []
  /// Whether words stand before the JSON.
  private var isBehindWords = false
  /// Writes a reply that is no JSON and nothing but pictures as JSON.
  private var word: BareWord?
  /// The data of an event that is no JSON.
  private var bare: [UInt8]?
  /// What ends the reply, unless another text follows.
  private var ending: [ReplyEvent] = []
  /// Bytes of a reply that is a picture.
  private var imageBytes = 0
  /// The first bytes, as long as it is not known in which units the text is.
  private var early: [UInt8]? = []
  /// Undoes units of more than one byte.
  private var wide: WideText?

  /// Reads the reply to one request.
  ///
  /// - Parameters:
  ///   - status: Of HTTP; anything but a success makes the body an error, unless it has a picture, or says that
  ///     one was drawn or will be: nobody may send that again.
  ///   - requestID: The reply's `X-Request-Id`, for errors that do not name it themselves.
  ///   - job: The one that was asked for, for replies to `Dialect.poll`.
  ///   - address: Where the request went: addresses of pictures may be relative to it. Without it those
  ///     are not understood.
  ///   - sent: Addresses that were sent as references: a reply that repeats them names no pictures by it.
  ///   - asked: How many pictures were asked for: a stream that breaks before they are here is not over.
  public init(
    status: Int = 200, requestID: String? = nil, dialect: Dialect = .ark,
    limits: ReplyLimits = ReplyLimits(), job: PendingJob? = nil, address: String? = nil,
    sent: Set<String> = [], asked: Int? = nil
  ) {
    self.status = status
    self.requestID = requestID
    self.dialect = dialect
    self.limits = limits
    form = .undecided
    splitter = JSONSplitter(limits: limits)
    state = ReplyState(
      job: job, limits: limits, base: address, sent: sent,
      isRefused: !(200..<300).contains(status), asked: asked)
  }

  /// Whether the reply has said its last; further bytes are ignored.
  public var isEnded: Bool { state.isEnded }

  /// Whether nothing is to follow but, perhaps, the mark of its end.
  public var hasSaidAll: Bool { state.hasSaidAll }

  /// Takes the next bytes of the body, after any transfer and content encoding was undone.
  public mutating func consume(_ bytes: [UInt8]) -> [ReplyEvent] {
    guard !state.isEnded else { return [] }
    if let start = early {
      guard start.count + bytes.count >= WideText.length else {
        early = start + bytes
        return []
      }
      return read(begin(start + bytes))
    }
    return read(wide?.decode(bytes) ?? bytes)
  }

  /// The first bytes, now that it can be told in which units the text is.
  private mutating func begin(_ bytes: [UInt8]) -> [UInt8] {
    early = nil
    wide = WideText(Array(bytes.prefix(WideText.length)))
    return wide?.decode(bytes) ?? bytes
  }

  private mutating func read(_ bytes: [UInt8]) -> [ReplyEvent] {
    if head.count < 65_536 { head += bytes.prefix(65_536 - head.count) }
    var bytes = bytes
    if form == .undecided {
      held += bytes
      guard let start = decide() else { return [] }
      bytes = Array(held[start...])
      held = []
    }
    bytes = word?.take(bytes) ?? bytes
    do throws(ReplyFault) {
      switch form {
      case .undecided, .page: break
      case .json: try consumeTexts(bytes)
      case .events: try consumeEvents(bytes)
      case .image: try consumeImage(bytes)
      }
    } catch {
      if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
      for (image, _) in splitter.endWords() { state.report(.imageDropped(image: image.number)) }
      state.takeTorn(splitter.text, isEvent: form == .events, dialect, &splitter)
      state.report(.abandoned(error))
    }
    return drain()
  }

  /// Ends the reply: the connection is closed. The last event returned ends every reply that has not
  /// ended before.
  ///
  /// - Parameter isCut: The transfer broke. What says itself where it ends is not judged by it.
  public mutating func finish(isCut: Bool = false) -> [ReplyEvent] {
    guard !state.isEnded else { return [] }
    let short = early.map { read(begin($0)) } ?? []
    return short + end(isCut: isCut)
  }

  private mutating func end(isCut: Bool) -> [ReplyEvent] {
    guard !state.isEnded else { return [] }
    if !isCut, let rest = word?.finish() { try? consumeTexts(rest) }
    switch form {
    case .undecided:
      // Nothing at all, or less than a field's name.
      let start = held.drop { Self.padding.contains($0) }
      if state.takeWords(String(decoding: start, as: UTF8.self), isCut: isCut) { break }
      let isCut = start.isEmpty || Self.mayBecomeEvents(start)
      state.report(isCut ? .interrupted : .unreadable(noAnswer))
    case .page: state.report(.unreadable(noAnswer))
    case .image: state.endImage(byteCount: imageBytes, isCut: isCut)
    case .json:
      // Before what came whole is claimed, which may be one picture too many and end the reply.
      if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
      if splitter.isOpen { state.takeTorn(splitter.text, isEvent: false, dialect, &splitter) }
      if let words = word?.words, !words.isEmpty {
        // What else was to be said may have been in them.
        state.name(shownIn: String(decoding: words, as: UTF8.self))
        state.report(isCut ? .interrupted : .unreadable(noAnswer))
      }
      for event in ending { state.report(event) }
      state.report(isBehindWords ? .unreadable(noAnswer) : .interrupted)
    case .events:
      if bare != nil || splitter.isOpen { abandonText() }
      if isEventStream {
        state.endStream(isCut: isCut, &splitter)
      } else {
        state.report(.unreadable(noAnswer))
      }
    }
    return drain()
  }

  /// What was heard. Under a status that refuses it is that refusal, unless something was drawn.
  private mutating func drain() -> [ReplyEvent] {
    var events = state.drain()
    if state.isEnded, !events.isEmpty {
      // Pictures that are still said as the reply ends are dropped before its end.
      let open = splitter.endWords().map { ReplyEvent.imageDropped(image: $0.image.number) }
      events.insert(contentsOf: open, at: events.count - 1)
    }
    guard state.isRefused, let last = events.last, last.isLast else { return events }
    guard state.saysDrawn else {
      let images = events.filter { event in
        switch event {
        case .imageBytes, .imageDropped: true
        default: false
        }
      }
      return images + [.failed(noAnswer)]
    }
    switch last {
    case .failed, .unreadable: return events.dropLast() + [.unreadable(noAnswer)]
    // A picture in the place of a page.
    case .finished where form == .image: return events.dropLast() + [.unreadable(noAnswer)]
    default: return events
    }
  }

  private var noAnswer: APIError { APIError(status: status, body: head, requestID: requestID) }

  /// Whether the reply began as a stream of events does, if only with a part of a field's name. What
  /// did not, a page of some gateway, was never an answer of the provider's.
  private var isEventStream: Bool { Self.mayBeEvents(head.drop { Self.padding.contains($0) }) }

  private static func mayBeEvents(_ start: ArraySlice<UInt8>) -> Bool {
    [":", "data", "event", "id", "retry"].contains { field in
      start.starts(with: field.utf8) || field.utf8.starts(with: start)
    }
  }

  /// Whether a text is no more than the beginning of a field's name.
  private static func mayBecomeEvents(_ start: ArraySlice<UInt8>) -> Bool {
    ["data", "event", "id", "retry"].contains { field in
      start.count < field.utf8.count && field.utf8.starts(with: start)
    }
  }

  /// White space and the bytes of a byte order mark.
  private static let padding: [UInt8] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]

  /// An event ended before its JSON did.
  private mutating func abandonText() {
    if let bare {
      self.bare = nil
      return state.takeBare(bare, &splitter)
    }
    state.ignore(splitter.text)
    if let image = splitter.openImage { state.report(.imageDropped(image: image)) }
    state.takeTorn(splitter.text, isEvent: true, dialect, &splitter)
  }

  /// Tells by the first bytes what the reply is, and where it begins; nil where more are needed.
  private mutating func decide() -> Int? {
    guard let start = held.firstIndex(where: { !Self.padding.contains($0) }) else { return nil }
    let text = held[start...]
    let first = Array(text.prefix(ImageSignature.length))
    switch held[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): form = .json
    case UInt8(ascii: "<"): form = .page
    default:
      if ImageSignature.begins(first) {
        form = .image
      } else if ImageSignature.mayBegin(first) {
        return nil
      } else if let isWord = BareWord.begins(text), isWord {
        (form, word) = (.json, BareWord())
      } else if BareWord.begins(text) == nil {
        return nil
      } else if Self.mayBecomeEvents(text) {
        return nil
      } else if Self.mayBeEvents(text) {
        form = .events
        splitter = JSONSplitter(limits: limits, joinsWords: true)
      } else if let brace = text.firstIndex(of: UInt8(ascii: "{")) {
        (form, isBehindWords) = (.json, true)
        return brace
      } else {
        if held.count > 65_536 { form = .page }
        return nil
      }
    }
    return start
  }

  private mutating func consumeTexts(_ bytes: [UInt8]) throws(ReplyFault) {
    var index = 0
    var outputs: [JSONSplitter.Output] = []
    defer { take(outputs) }
    while index < bytes.count, !state.isEnded {
      if splitter.isDone {
        // Some relays send a text a line.
        guard let next = bytes[index...].firstIndex(of: UInt8(ascii: "{")) else { return }
        index = next
        splitter.reset()
      }
      index = try splitter.feed(bytes, index..<bytes.count, into: &outputs)
      take(outputs)
      outputs.removeAll(keepingCapacity: true)
    }
  }

  private mutating func consumeImage(_ bytes: [UInt8]) throws(ReplyFault) {
    imageBytes += bytes.count
    guard imageBytes <= limits.imageBytes else {
      state.report(.imageDropped(image: 0))
      throw .imageTooLarge(limit: limits.imageBytes)
    }
    state.report(.imageBytes(image: 0, bytes))
  }

  private mutating func consumeEvents(_ bytes: [UInt8]) throws(ReplyFault) {
    var index = 0
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
        if bare != nil {
          bare?.append(0x0a)
        } else if splitter.isOpen {
          try splitter.feed([0x0a], 0..<1, into: &outputs)
        }
      case .data(let range)?: try take(data: bytes, range, into: &outputs)
      case .lostLine?: state.hasLostLine = true
      case .event(let name)?: eventName = name
      case .endOfEvent?:
        if bare != nil || splitter.isOpen { abandonText() }
        splitter.reset()
        eventName = ""
      case nil: break
      }
      take(outputs)
      outputs.removeAll(keepingCapacity: true)
    }
  }

  /// Bytes of one event's data: JSON, or words that are none.
  private mutating func take(
    data bytes: [UInt8], _ range: Range<Int>, into outputs: inout [JSONSplitter.Output]
  ) throws(ReplyFault) {
    if bare == nil, !splitter.isOpen, !splitter.isDone,
      let first = bytes[range].first(where: { ![0x20, 0x09].contains($0) }),
      !"{[\"".utf8.contains(first)
    {
      bare = []
    }
    guard let text = bare else {
      try splitter.feed(bytes, range, into: &outputs)
      return
    }
    guard text.count + range.count <= limits.documentBytes else {
      bare = nil
      throw .documentTooLarge(limit: limits.documentBytes)
    }
    bare?.append(contentsOf: bytes[range])
  }

  private mutating func take(_ outputs: [JSONSplitter.Output]) {
    for output in outputs where !state.isEnded {
      switch output {
      case .imageBytes(let image, let bytes):
        state.report(.imageBytes(image: image, bytes))
      case .imageEnd(let image): state.wait(for: image)
      case .member(let json): state.takeMember(json, &splitter)
      case .document(let json) where form == .json:
        let next = state.takeReply(
          json, status: status, requestID: requestID, dialect: dialect, &splitter)
        // A text without pictures does not take back that there were some.
        if case .unreadable? = next.last, ending.last == .finished { continue }
        if !next.isEmpty { ending = next }
      case .document(let json):
        state.takeEvent(
          json, name: eventName, requestID: requestID, dialect: dialect, &splitter)
      }
    }
  }
}
