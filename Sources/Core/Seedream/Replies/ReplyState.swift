/// What a reply has said so far, and the rules of what follows from it.
struct ReplyState: Sendable {
  private(set) var isEnded = false
  private var events: [ReplyEvent] = []
  /// Of the pictures and refused members so far.
  private var places: MemberPlaces
  /// Images that have ended and whose member has not.
  private var waiting: [Int: InlineImage] = [:]
  private var isCompleted = false
  /// Whether a whole reply came as an event, which needs no mark of an end.
  private var endsWithoutMark = false
  /// Whether `completed` was reported.
  private var isReported = false
  private var pictureCount = 0
  /// Members that should have been pictures and could not be read as such.
  private var passedOver = 0
  /// The addresses of pictures so far.
  private var addresses: Set<String> = []
  /// What the events have said was used.
  private var usage: Usage?
  /// Words of a conversation so far, which may show pictures.
  private var text = ""
  /// After a failure inside the provider no further member of a set is drawn.
  private var isStopped = false
  /// Whether a text of the reply that was not understood has the name of a picture in it.
  private var hasTornPicture = false
  /// The job this reply was to tell about.
  private let job: PendingJob?
  private let limits: ReplyLimits
  /// Where the request went.
  private let base: String?
  /// Addresses that were sent with it.
  private let sent: Set<String>

  init(job: PendingJob?, limits: ReplyLimits, base: String?, sent: Set<String>) {
    self.job = job
    self.limits = limits
    self.base = base
    self.sent = Set(sent.map { WebAddress.absolute($0, base: base) ?? $0 })
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
    let names = ["b64", "url", "base64"]
    hasTornPicture = hasTornPicture || names.contains { text.firstRange(of: Array($0.utf8)) != nil }
    let start = String(decoding: text.prefix(200), as: UTF8.self)
    report(.ignored(start.shown(limit: 80)))
  }

  /// An image has ended; its member will say what it is.
  mutating func wait(for image: InlineImage) {
    waiting[image.number] = image
  }

  /// One object of `data[]`.
  mutating func takeMember(_ json: [UInt8], _ splitter: inout JSONSplitter) {
    defer { dropWaiting() }
    guard let tree = JSONTree(json) else {
      ignore(json)
      passOver(nil)
      return
    }
    let search = PictureSearch(tree, isMember: true, base: base, sent: sent)
    take(search.found, of: json, at: ReplyDocument(json)?.index, &splitter)
  }

  /// The end of a plain reply.
  ///
  /// - Returns: What ends the reply where nothing follows it; nothing where it has ended.
  mutating func takeReply(
    _ json: [UInt8], status: Int, requestID: String?, dialect: Dialect,
    _ splitter: inout JSONSplitter
  ) -> [ReplyEvent] {
    // A list or a bare string is a reply too.
    guard var document = ReplyDocument(json) ?? JSONTree(json).flatMap({ _ in .empty }) else {
      dropWaiting()
      return [.unreadable(APIError(status: status, body: json, requestID: requestID))]
    }
    // Of a job that is not done only its results may be pictures, and not the address to ask at.
    let goesOn = document.status != nil && document.progress != .done
    search(json, inResultsOnly: goesOn && (job ?? document.job) != nil, &splitter)
    dropWaiting()
    document.memberCount = places.count
    document.pictureCount = pictureCount
    document.unreadCount = unreadCount(document.usage)
    document.asked = job
    document.error?.status = status
    document.otherError?.status = status
    if document.error?.requestID == nil { document.error?.requestID = requestID }
    let ending = dialect.read(document)
    // Another text may follow, unless this is a whole reply in the vendor's form.
    let isOpen =
      switch ending.last {
      case .finished?: document.usage == nil
      case .unreadable?: true
      default: false
      }
    if isOpen { return ending }
    for event in ending { report(event) }
    return []
  }

  /// Finds the pictures of a text outside of the members that were handed over before.
  private mutating func search(
    _ json: [UInt8], inResultsOnly: Bool, _ splitter: inout JSONSplitter
  ) {
    guard let whole = JSONTree(json) else { return }
    let tree = inResultsOnly ? whole.results : whole
    let search = PictureSearch(
      tree, isMember: false, hasResults: pictureCount > 0, base: base, sent: sent)
    let new = search.found.filter { found in
      if case .address(let address) = found.finding { !addresses.contains(address) } else { true }
    }
    take(new, of: json, at: nil, &splitter)
  }

  /// Pictures that were drawn, as far as the reply says, and not found.
  private func unreadCount(_ usage: Usage?) -> Int {
    guard let drawn = usage?.generatedImages else { return passedOver }
    return max(0, drawn - pictureCount)
  }

  /// One event of a stream.
  mutating func takeEvent(
    _ json: [UInt8], name: String, requestID: String?, dialect: Dialect,
    _ splitter: inout JSONSplitter
  ) {
    defer { dropWaiting() }
    if json.elementsEqual("[DONE]".utf8) {
      isCompleted = true
      return endStream()
    }
    guard let event = ReplyDocument(json), let tree = JSONTree(json) else {
      ignore(json)
      return
    }
    let type = event.type ?? name
    switch type.split(separator: ".").last ?? "" {
    case "partial_image": break
    case "completed": complete(event, tree, json, &splitter)
    case "partial_succeeded", "partial_failed":
      take(
        PictureSearch(tree, isMember: true, base: base, sent: sent).found, of: json,
        at: event.index, &splitter)
    case "error":
      fail(event, requestID: requestID)
    default: takeUnnamed(event, tree, json, requestID, dialect, &splitter)
    }
  }

  /// An event that no type tells what it is: a picture, a whole reply, or a piece of a conversation.
  private mutating func takeUnnamed(
    _ event: ReplyDocument, _ tree: JSONTree, _ json: [UInt8], _ requestID: String?,
    _ dialect: Dialect, _ splitter: inout JSONSplitter
  ) {
    if event.error != nil, event.index == nil, pictureless(tree) {
      return fail(event, requestID: requestID)
    }
    if let words = tree.deltaText {
      if text.utf8.count < limits.documentBytes { text += words }
      // What is whole already is not kept waiting.
      claimImages(in: words)
      let search = PictureSearch(
        tree.withoutDeltaText, isMember: false, base: base, sent: sent)
      return take(search.found, of: json, at: nil, &splitter)
    }
    let before = places.count + passedOver
    let search = PictureSearch(tree, isMember: false, base: base, sent: sent)
    take(search.found, of: json, at: event.index, &splitter)
    if event.error != nil, places.count + passedOver == before, let error = event.error {
      refuse(event.index, error)
    }
    guard case .object(let fields, _) = tree else { return ignore(json) }
    let isReply = fields.contains { FieldName($0.name).isResults }
    usage = event.usage ?? usage
    if isReply, places.count > 0 || event.usage != nil {
      endsWithoutMark = true
    } else if places.count + passedOver > before {
      // A member of a set, whose end another event says.
    } else if event.usage == nil, !isReply || event.refusal == nil {
      ignore(json)
    }
    if isReply, places.count == 0, let refusal = event.refusal, (usage?.generatedImages ?? 0) == 0 {
      report(.failed(refusal))
    } else if isReply, event.usage != nil {
      reportCompletion(event)
    }
  }

  /// Whether a text has no picture in it.
  private func pictureless(_ tree: JSONTree) -> Bool {
    !PictureSearch(tree, isMember: false, base: base, sent: sent).found.contains(where: \.isPicture)
  }

  /// The end of a stream: of its connection, or said by its mark.
  mutating func endStream() {
    let shown = PictureSearch(text: text, base: base, sent: sent)
    text = ""
    for found in shown.found {
      if case .address(let address) = found.finding, !addresses.contains(address) {
        name(.url(address), at: nil, nil)
      }
    }
    guard isCompleted || isStopped || endsWithoutMark else { return report(.interrupted) }
    if unreadCount(usage) > 0 {
      if !isReported { reportCompletion(nil) }
      report(.unreadable(.unreadPictures))
    } else if hasTornPicture, usage.map({ $0.generatedImages == nil }) ?? true {
      if !isReported { reportCompletion(nil) }
      report(.unreadable(.unreadPictures))
    } else if places.count == 0, !isStopped {
      report(.unreadable(.emptyReply))
    } else {
      report(.finished)
    }
  }

  /// The end of a reply that is the bytes of one picture.
  mutating func endImage(byteCount: Int, isCut: Bool) {
    name(.inline(image: 0, byteCount: byteCount), at: nil, nil)
    if isCut { return report(.interrupted) }
    reportCompletion(nil)
    report(.finished)
  }

  /// Pictures that arrived whole in a reply that did not.
  mutating func salvage() {
    for image in waiting.values.sorted(by: { $0.number < $1.number })
    where !image.isDamaged && image.byteCount > 0 {
      claim(image, at: nil, of: nil)
    }
    dropWaiting()
  }

  private mutating func complete(
    _ event: ReplyDocument, _ tree: JSONTree, _ json: [UInt8], _ splitter: inout JSONSplitter
  ) {
    // A last word that repeats what was named before is not named twice.
    if case .object(let fields, _) = tree {
      let isPicture = fields.contains { FieldName($0.name).isBase64 || $0.name == "url" }
      if isPicture || pictureCount == 0 {
        let search = PictureSearch(tree, isMember: false, base: base, sent: sent)
        take(search.found, of: json, at: event.index, &splitter)
      }
    }
    usage = event.usage ?? usage
    if places.count == 0, let error = event.refusal, (usage?.generatedImages ?? 0) == 0 {
      return report(.failed(error))
    }
    isCompleted = true
    reportCompletion(event)
  }

  private mutating func reportCompletion(_ event: ReplyDocument?) {
    isReported = true
    report(
      .completed(
        Completion(
          model: event?.model, created: event?.created, usage: usage ?? Usage(),
          error: event?.error, tools: event?.tools ?? [])))
  }

  private mutating func fail(_ event: ReplyDocument, requestID: String?) {
    usage = event.usage ?? usage
    var error = event.error ?? event.otherError ?? .emptyReply
    error.requestID = error.requestID ?? requestID
    guard unreadCount(usage) > 0 else { return report(.failed(error)) }
    reportCompletion(event)
    report(.unreadable(error))
  }

  // MARK: Pictures

  /// Takes what was found in a text.
  ///
  /// - Parameter index: The place that the text names for its picture, if it does.
  private mutating func take(
    _ all: [PictureSearch.Found], of json: [UInt8], at index: Int?,
    _ splitter: inout JSONSplitter
  ) {
    for (number, found) in all.enumerated() where !isEnded {
      let index = number == 0 ? index : nil
      let member = found.object.flatMap { ReplyDocument(Array(json[$0])) }
      switch found.finding {
      case .refused:
        if let error = member?.error {
          if error.code.hasPrefix("InternalServiceError") { isStopped = true }
          refuse(index ?? member?.index, error)
        } else {
          passOver(index)
        }
      case .unread: passOver(index)
      case .address(let address): name(.url(address), at: index ?? member?.index, member)
      case .image(let number):
        guard let image = waiting[number] else { continue }
        if image.isDamaged || image.byteCount == 0 {
          waiting[number] = nil
          report(.imageDropped(image: number))
          passOver(index)
        } else {
          claim(image, at: index ?? member?.index, of: member)
        }
      case .base64(let text): take(base64: text, at: index, &splitter)
      }
    }
  }

  /// A picture in a text within a text, decoded only now.
  private mutating func take(
    base64 text: String, at index: Int?, _ splitter: inout JSONSplitter
  ) {
    do throws(ReplyFault) {
      var image = InlineImage(number: try splitter.newImage())
      var bytes: [UInt8] = []
      let comma = text.hasPrefix("data:") ? text.utf8.firstIndex(of: UInt8(ascii: ",")) : nil
      image.take(
        letters: text.utf8[(comma.map { text.utf8.index(after: $0) } ?? text.startIndex)...],
        into: &bytes)
      image.finish(into: &bytes)
      guard !image.isDamaged, !bytes.isEmpty else { return passOver(index) }
      report(.imageBytes(image: image.number, bytes))
      claim(image.holding(bytes.count), at: index, of: nil)
    } catch {
      report(.abandoned(error))
    }
  }

  /// Images that stand in words which are still under way.
  private mutating func claimImages(in words: String) {
    for number in InlineImage.numbers(in: words) {
      guard let image = waiting[number] else { continue }
      if image.isDamaged || image.byteCount == 0 {
        passOver(nil)
      } else {
        claim(image, at: nil, of: nil)
      }
    }
  }

  private mutating func name(
    _ source: PictureReply.Source, at index: Int?, _ member: ReplyDocument?
  ) {
    guard let place = place(index) else { return }
    if case .url(let address) = source { addresses.insert(address) }
    pictureCount += 1
    report(picture(source, at: place, of: member))
  }

  private mutating func claim(_ image: InlineImage, at index: Int?, of member: ReplyDocument?) {
    guard let place = place(index) else { return }
    waiting[image.number] = nil
    pictureCount += 1
    report(
      picture(.inline(image: image.number, byteCount: image.byteCount), at: place, of: member))
  }

  /// A member that should have been a picture and cannot be read as one: it keeps its place.
  private mutating func passOver(_ index: Int?) {
    passedOver += 1
    _ = place(index)
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
