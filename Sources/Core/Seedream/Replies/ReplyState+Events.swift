// The events of a stream.

extension ReplyState {
  /// One event of a stream.
  mutating func takeEvent(
    _ json: [UInt8], name: String, requestID: String?, dialect: Dialect,
    _ splitter: inout JSONSplitter
  ) {
    defer {
      dropWaiting()
      earlier = addresses
    }
    if json.elementsEqual("[DONE]".utf8) {
      (isCompleted, hasLastWord) = (true, true)
      return endStream(&splitter)
    }
    let json = MendedJSON.mended(json) ?? json
    guard let tree = JSONTree(json), let event = ReplyDocument(json) ?? ReplyDocument.empty else {
      ignore(json)
      if !Self.isPreview(json) { claimWaiting() }
      return
    }
    let type = event.type ?? tree.type ?? name
    switch type.split(separator: ".").last ?? "" {
    case "partial_image": break
    case "completed": complete(event, tree, json, &splitter)
    case "partial_succeeded", "partial_failed":
      let isRepeated = event.index.map(places.isTaken) ?? false
      let found = pictures(in: tree, isMember: true, isVendors: true).filter { found in
        if case .address(let address) = found.finding, isRepeated {
          !addresses.contains(address)
        } else {
          true
        }
      }
      take(found, of: json, at: event.index, isVendors: true, &splitter)
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
      if splitter.isSayingImage { passOver(nil) }
      return fail(event, requestID: requestID)
    }
    if let words = tree.deltaText {
      if text.utf8.count < limits.documentBytes { text += words }
      // What is whole already is not kept waiting.
      claimImages(in: words)
      endsWithoutMark = endsWithoutMark || tree.isLastOfWords
      return take(pictures(in: tree.withoutDeltaText), of: json, at: nil, &splitter)
    }
    let before = places.count + passedOver
    take(pictures(in: tree), of: json, at: event.index, &splitter)
    if event.error != nil, places.count + passedOver == before, let error = event.error {
      refuse(event.index, error)
    }
    guard case .object(let fields, _) = tree else { return ignore(json, isTorn: false) }
    let isReply = fields.contains { FieldName($0.name).isResults }
    usage = event.usage ?? usage
    if isReply, places.count > 0 || event.usage != nil {
      endsWithoutMark = true
    } else if places.count + passedOver > before {
      // A member of a set, whose end another event says.
    } else if event.usage == nil, !isReply || event.refusal == nil {
      ignore(json, isTorn: false)
    }
    if isReply, places.count == 0, let refusal = event.refusal, (usage?.generatedImages ?? 0) == 0 {
      fail(refusal)
    } else if isReply, event.usage != nil, failure == nil || places.count > 0 {
      reportCompletion(event)
    }
  }

  /// Whether a text has no picture in it.
  private func pictureless(_ tree: JSONTree) -> Bool {
    !pictures(in: tree).contains(where: \.isPicture)
  }

  /// The end of a stream: of its connection, or said by its mark.
  ///
  /// - Parameter isCut: The transfer broke.
  mutating func endStream(isCut: Bool = false, _ splitter: inout JSONSplitter) {
    endWords(&splitter)
    name(shownIn: text)
    text = ""
    settleDoubtful()
    // A word that comes with every picture is not the last one.
    let isShort = isCut && !hasLastWord && asked.map { places.count < $0 } ?? false
    guard isStopped || failure != nil || (isCompleted || endsWithoutMark) && !isShort else {
      return report(.interrupted)
    }
    // Unless nothing is missing, a picture may have stood in what was passed over.
    let isLost = hasLostLine && asked.map { places.count < $0 } ?? true
    let isTorn = hasTornPicture || hasTornText && pictureCount == 0 || isLost
    if unreadCount(usage) > 0 || isTorn && usage?.generatedImages == nil {
      if !isReported { reportCompletion(nil) }
      report(.unreadable(failure ?? .unreadPictures))
    } else if let failure {
      report(.failed(failure))
    } else if places.count == 0, !isStopped {
      report(.unreadable(.emptyReply))
    } else {
      report(.finished)
    }
  }

  /// Claims the pictures that go on to the very end of what is said, where it is said that this is the end.
  private mutating func endWords(_ splitter: inout JSONSplitter) {
    let open = splitter.endWords()
    for (image, _) in open { waiting[image.number] = image }
    guard isCompleted || endsWithoutMark else { return }
    for (image, rest) in open where !isEnded {
      if image.isDamaged || image.byteCount == 0 || image.byteCount > limits.imageBytes {
        passOver(nil)
      } else {
        if !rest.isEmpty { report(.imageBytes(image: image.number, rest)) }
        claim(image, at: nil, of: nil)
      }
    }
  }

  /// The end of a reply that is the bytes of one picture.
  mutating func endImage(byteCount: Int, isCut: Bool) {
    name(.inline(image: 0, byteCount: byteCount), at: nil, nil)
    if isCut { return report(.interrupted) }
    reportCompletion(nil)
    report(.finished)
  }

  private mutating func complete(
    _ event: ReplyDocument, _ tree: JSONTree, _ json: [UInt8], _ splitter: inout JSONSplitter
  ) {
    let before = places.count
    if case .object(let fields, _) = tree {
      let isPicture = fields.contains { FieldName($0.name).isBase64 || $0.name == "url" }
      if isPicture || pictureCount == 0 {
        take(pictures(in: tree), of: json, at: event.index, &splitter)
      }
      // Some send such an event with each picture.
      hasLastWord = hasLastWord || !isPicture && places.count == before
    }
    usage = event.usage ?? usage
    if places.count == 0, let error = event.refusal, (usage?.generatedImages ?? 0) == 0 {
      return fail(error)
    }
    isCompleted = true
    if failure == nil || places.count > 0 { reportCompletion(event) }
  }

  private mutating func fail(_ event: ReplyDocument, requestID: String?) {
    usage = event.usage ?? usage
    var error = event.error ?? event.otherError ?? .emptyReply
    error.requestID = error.requestID ?? requestID
    fail(error)
  }

  /// Nothing more is expected; what comes all the same is taken.
  private mutating func fail(_ error: APIError) {
    failure = failure ?? error
    hasLastWord = true
  }

  /// Whether a text that is not understood is of a preview.
  static func isPreview(_ text: [UInt8]) -> Bool {
    text.firstRange(of: Array("partial_image".utf8)) != nil
  }
}

extension JSONTree {
  /// The event's own name for what it is.
  fileprivate var type: String? {
    if case .string(let type)? = self["type"] { type } else { nil }
  }
}
