/// What a reply has said so far, and the rules of what follows from it.
struct ReplyState: Sendable {
  private(set) var isEnded = false
  private var events: [ReplyEvent] = []
  /// Of the pictures and refused members so far.
  var places: MemberIndexAllocator
  /// Images that have ended and whose member has not.
  var waiting: [Int: InlineImage] = [:]
  /// Images that do not begin like a picture: what they are, the end says.
  var doubtful: [Doubtful] = []
  var isCompleted = false
  /// Whether nothing but the mark of the end is to follow.
  var hasLastWord = false
  /// Whether a whole reply came as an event, which needs no mark of an end.
  var endsWithoutMark = false
  /// Whether `completed` was reported.
  private(set) var isReported = false
  var pictureCount = 0
  /// Members that should have been pictures and could not be read as such.
  var passedOver = 0
  /// The addresses of pictures so far.
  var addresses: Set<String> = []
  /// Those of the texts before this one.
  var earlier: Set<String> = []
  /// Whether there were more strings of base64 than pictures, so that they may be pieces of them.
  var hasPieces = false
  /// What the reply has said was used.
  var usage: Usage?
  /// What an event has said against the request; pictures may follow it.
  var failure: APIError?
  /// Words of a conversation so far, which may show pictures.
  var text = ""
  /// After a failure inside the provider no further member of a set is drawn.
  var isStopped = false
  /// Whether a text of the reply that was not understood has the name of a picture in it.
  private(set) var hasTornPicture = false
  /// Whether a text of it was no JSON, so that anything may have stood in it.
  private(set) var hasTornText = false
  /// Whether a line of a stream was passed over in which something may have stood.
  var hasLostLine = false
  /// Whether the provider has named a job for the request.
  private var hasJob = false
  /// The job this reply was to tell about.
  let job: PendingJob?
  /// Whether the status refuses the request: then not every address is that of a picture.
  let isRefused: Bool
  /// How many pictures were asked for; nil where nobody knows.
  let asked: Int?
  let limits: ReplyLimits
  /// Where the request went.
  let base: String?
  /// Addresses that were sent with it.
  let sent: Set<String>

  init(
    job: PendingJob?, limits: ReplyLimits, base: String?, sent: Set<String>,
    isRefused: Bool = false, asked: Int? = nil
  ) {
    self.job = job
    self.isRefused = isRefused
    self.asked = asked
    self.limits = limits
    self.base = base
    self.sent = Set(sent.map { WebAddress.absolute($0, base: base) ?? $0 })
    places = MemberIndexAllocator(limit: limits.images)
  }

  mutating func drain() -> [ReplyEvent] {
    defer { events = [] }
    return events
  }

  mutating func report(_ event: ReplyEvent) {
    guard !isEnded else { return }
    if event.isLast {
      settleDoubtful()
      dropWaiting()
    }
    guard !isEnded else { return }
    events.append(event)
    if event.isLast { isEnded = true }
  }

  /// - Parameter isTorn: It is no JSON.
  mutating func ignore(_ text: [UInt8], isTorn: Bool = true) {
    hasTornText = hasTornText || isTorn
    let names = ["b64", "url", "base64"]
    hasTornPicture = hasTornPicture || names.contains { text.firstRange(of: Array($0.utf8)) != nil }
    let start = String(decoding: text.prefix(200), as: UTF8.self)
    report(.ignored(start.shown(limit: 80)))
  }

  /// An event whose data is no JSON: words of what is said, or one picture in base64.
  mutating func takeBare(_ text: [UInt8], _ splitter: inout JSONSplitter) {
    let before = pictureCount + passedOver
    let start = text.drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
    if BareWord.begins(start) == true {
      take(base64: String(decoding: start, as: UTF8.self).trimmed, at: nil, &splitter)
    } else if self.text.utf8.count < limits.documentBytes {
      self.text += String(decoding: text, as: UTF8.self) + "\n"
    }
    guard pictureCount + passedOver == before else { return }
    hasTornText = true
    report(.ignored(String(decoding: text.prefix(200), as: UTF8.self).shown(limit: 80)))
  }

  /// An image has ended; its member will say what it is.
  mutating func wait(for image: InlineImage) {
    waiting[image.number] = image
  }

  /// One object of `data[]`.
  mutating func takeMember(_ json: [UInt8], _ splitter: inout JSONSplitter) {
    defer { dropWaiting() }
    let json = MendedJSON.mended(json) ?? json
    guard let tree = JSONTree(json) else {
      let before = pictureCount
      ignore(json)
      claimWaiting()
      if pictureCount == before { passOver(nil) }
      return
    }
    take(pictures(in: tree, isMember: true), of: json, at: ReplyDocument(json)?.index, &splitter)
  }

  /// The end of a plain reply.
  ///
  /// - Returns: What ends the reply where nothing follows it; nothing where it has ended.
  mutating func takeReply(
    _ json: [UInt8], status: Int, requestID: String?, dialect: Dialect,
    _ splitter: inout JSONSplitter
  ) -> [ReplyEvent] {
    let json = MendedJSON.mended(json) ?? json
    // A list or a bare string is a reply too.
    guard var document = ReplyDocument(json) ?? JSONTree(json).flatMap({ _ in .empty }) else {
      claimWaiting()
      return [.unreadable(APIError(status: status, body: json, requestID: requestID))]
    }
    usage = document.usage ?? usage
    hasJob = hasJob || job == nil && document.saysTaken
    if let tree = JSONTree(json) {
      // Of a job that is not done only its results may be pictures, and not the address to ask at.
      let isDone = job != nil && document.progress == .done
      let hasResults = pictureCount > 0 || !doubtful.isEmpty
      let found = pictures(
        in: isOfPictures(document) ? tree : tree.results, hasResults: hasResults,
        isBelieved: isDone)
      take(found, of: json, at: nil, &splitter)
    }
    dropWaiting()
    settleDoubtful()
    earlier = addresses
    document.memberCount = places.count
    document.pictureCount = pictureCount
    document.unreadCount = unreadCount(document.usage)
    document.asked = job
    document.nameError(status: status, requestID: requestID)
    let ending = dialect.read(document)
    // Another text may follow, unless this is a whole reply in the vendor's form.
    if ending.last == .finished ? document.usage == nil : ending.last?.isUnreadable == true {
      return ending
    }
    for event in ending { report(event) }
    return []
  }

  /// Whether the pictures of a text are those of the request; a job that is not done names them again.
  func isOfPictures(_ document: ReplyDocument?) -> Bool {
    guard let document, job != nil || document.job != nil else { return true }
    return document.status == nil || document.progress == .done
  }

  /// Whether the reply says that something was drawn, or will be, whatever its status.
  var saysDrawn: Bool { pictureCount > 0 || hasJob || (usage?.generatedImages ?? 0) > 0 }

  /// Whether as much was said as there is to say, but for the mark of the end.
  var hasSaidAll: Bool {
    isEnded || hasLastWord || isReported && asked.map { places.count >= $0 } ?? false
  }

  /// Pictures that were drawn, as far as the reply says, and not found.
  func unreadCount(_ usage: Usage?) -> Int {
    guard let drawn = usage?.generatedImages else { return passedOver }
    // What should have been a picture is no proof that nothing was drawn, whatever is counted beside it.
    if drawn == 0, pictureCount == 0 { return max(passedOver, hasPieces ? 1 : 0) }
    return max(hasPieces ? 1 : 0, drawn - pictureCount)
  }

  mutating func reportCompletion(_ event: ReplyDocument?) {
    isReported = true
    report(
      .completed(
        Completion(
          model: event?.model, created: event?.created, usage: usage ?? Usage(),
          error: event?.error, tools: event?.tools ?? [])))
  }
}
