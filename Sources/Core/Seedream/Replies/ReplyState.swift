/// What a reply has said so far, and the rules of what follows from it.
struct ReplyState: Sendable {
  private(set) var isEnded = false
  private var events: [ReplyEvent] = []
  /// Of the pictures and refused members so far.
  private var places: MemberPlaces
  /// Images that have ended and whose member has not.
  private var waiting: [Int: InlineImage] = [:]
  private var isCompleted = false
  /// After a failure inside the provider no further member of a set is drawn.
  private var isStopped = false
  /// The job this reply was to tell about.
  private let job: PendingJob?
  private let limits: ReplyLimits

  init(job: PendingJob?, limits: ReplyLimits) {
    self.job = job
    self.limits = limits
    places = MemberPlaces(limit: limits.images)
  }

  mutating func drain() -> [ReplyEvent] {
    defer { events = [] }
    return events
  }

  mutating func report(_ event: ReplyEvent) {
    guard !isEnded else { return }
    if event.isLast { dropWaiting() }
    events.append(event)
    if event.isLast { isEnded = true }
  }

  mutating func ignore(_ text: [UInt8]) {
    let start = String(decoding: text.prefix(200), as: UTF8.self)
    report(.ignored(start.shown(limit: 80)))
  }

  /// An image has ended; its member will say what it is.
  mutating func wait(for image: InlineImage) {
    waiting[image.number] = image
  }

  /// One object of `data[]`.
  mutating func takeMember(_ json: [UInt8]) {
    defer { dropWaiting() }
    guard let member = ReplyDocument(json) else {
      ignore(json)
      refuse(nil, .emptyMember)
      return
    }
    take(member, at: nil)
  }

  /// The end of a plain reply.
  mutating func takeReply(
    _ json: [UInt8], status: Int, requestID: String?, dialect: Dialect
  ) {
    guard var document = ReplyDocument(json) else {
      report(.failed(APIError(status: status, body: json, requestID: requestID)))
      return
    }
    takeResults(of: document)
    dropWaiting()
    if document.status != nil { document.job = document.job ?? job }
    document.memberCount = places.count
    document.answersPoll = job != nil
    document.error?.status = status
    document.otherError?.status = status
    if document.error?.requestID == nil { document.error?.requestID = requestID }
    for event in dialect.read(document) { report(event) }
  }

  /// The pictures of a job that was asked for; those of a job not yet done come again.
  private mutating func takeResults(of document: ReplyDocument) {
    guard document.status == nil || document.progress == .done else { return }
    for result in document.results {
      if let result {
        take(result, at: nil)
      } else {
        refuse(nil, .emptyMember)
      }
    }
  }

  /// One event of a stream.
  mutating func takeEvent(
    _ json: [UInt8], name: String, requestID: String?, dialect: Dialect
  ) {
    defer { dropWaiting() }
    if json.elementsEqual("[DONE]".utf8) {
      report(places.count > 0 || isCompleted ? .finished : .failed(.emptyReply))
      return
    }
    guard let event = ReplyDocument(json) else {
      ignore(json)
      return
    }
    let type = event.type ?? name
    switch type.split(separator: ".").last ?? "" {
    case "partial_image": break
    case "completed": complete(event)
    case "partial_succeeded", "partial_failed":
      take(event, at: event.index)
    case "error":
      fail(event, requestID: requestID)
    default:
      if event.error != nil, event.index == nil {
        fail(event, requestID: requestID)
      } else if event.url != nil || event.image != nil || event.error != nil {
        take(event, at: event.index)
      } else if event.hasData {
        takeReply(json, status: 200, requestID: requestID, dialect: dialect)
      } else {
        ignore(json)
      }
    }
  }

  /// The end of the connection, for a stream.
  mutating func endStream() {
    report(isCompleted || isStopped ? .finished : .interrupted)
  }

  /// Pictures that arrived whole in a reply that did not.
  mutating func salvage() {
    for image in waiting.values.sorted(by: { $0.number < $1.number })
    where !image.isDamaged && image.byteCount > 0 {
      claim(image, at: nil, of: nil)
    }
    dropWaiting()
  }

  private mutating func complete(_ event: ReplyDocument) {
    guard places.count > 0 else {
      report(.failed(event.error ?? .emptyReply))
      return
    }
    isCompleted = true
    report(
      .completed(
        Completion(
          model: event.model, created: event.created, usage: event.usage ?? Usage(),
          error: event.error, tools: event.tools)))
  }

  private mutating func fail(_ event: ReplyDocument, requestID: String?) {
    var error = event.error ?? event.otherError ?? .emptyReply
    error.requestID = error.requestID ?? requestID
    report(.failed(error))
  }

  /// - Parameter index: The place the member names, if it does.
  private mutating func take(_ member: ReplyDocument, at index: Int?) {
    if let error = member.error {
      if error.code.hasPrefix("InternalServiceError") { isStopped = true }
      refuse(index, error)
    } else if let number = member.image, let image = waiting[number] {
      if image.isDamaged || image.byteCount == 0 {
        waiting[number] = nil
        report(.imageDropped(image: number))
        refuse(index, .damagedImage)
      } else {
        claim(image, at: index, of: member)
      }
    } else if let url = member.url, url.isWebAddress {
      if let place = place(index) { report(picture(.url(url), at: place, of: member)) }
    } else {
      refuse(index, .emptyMember)
    }
  }

  private mutating func claim(_ image: InlineImage, at index: Int?, of member: ReplyDocument?) {
    guard let place = place(index) else { return }
    waiting[image.number] = nil
    report(
      picture(.inline(image: image.number, byteCount: image.byteCount), at: place, of: member))
  }

  private mutating func refuse(_ index: Int?, _ error: APIError) {
    if let place = place(index) { report(.memberRefused(index: place, error)) }
  }

  /// A place for one more member; after the last one the reply is abandoned.
  private mutating func place(_ named: Int?) -> Int? {
    let place = places.take(named)
    if place == nil { report(.abandoned(.tooManyImages(limit: limits.images))) }
    return place
  }

  private func picture(
    _ source: PictureReply.Source, at place: Int, of member: ReplyDocument?
  ) -> ReplyEvent {
    .picture(
      PictureReply(
        index: place, source: source, size: member?.size, outputFormat: member?.outputFormat,
        background: member?.background, layer: member?.layer))
  }

  /// Images whose member is read and did not want them.
  mutating func dropWaiting() {
    for number in waiting.keys.sorted() { report(.imageDropped(image: number)) }
    waiting = [:]
  }
}

extension String {
  /// Whether it can be fetched over HTTP at all; a server's word is not trusted further.
  fileprivate var isWebAddress: Bool {
    let start = prefix(8).lowercased()
    return (start.hasPrefix("http://") || start.hasPrefix("https://")) && utf8.count < 16_384
  }
}
