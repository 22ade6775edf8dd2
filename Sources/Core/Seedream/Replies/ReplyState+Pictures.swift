// The pictures of a reply.

extension ReplyState {
  /// An image that does not begin like a picture, with the place that is kept for it.
  struct Doubtful: Sendable {
    var image: InlineImage
    var place: Int
    var member: ReplyDocument?
  }

  /// What stands in a text and was not named before.
  ///
  /// - Parameters:
  ///   - isMember: The text is one of a list of results.
  ///   - isVendors: It is an event of the vendor's form.
  ///   - hasResults: Results were found in other parts of it.
  ///   - isTorn: Its end is missing.
  ///   - isBelieved: Its pictures are results, whatever the status.
  func pictures(
    in tree: JSONTree, isMember: Bool = false, isVendors: Bool = false, hasResults: Bool = false,
    isTorn: Bool = false,
    isBelieved: Bool = false
  ) -> [PictureSearch.Found] {
    // What a refusal repeats of the request, and addresses that it explains itself with, are no pictures.
    let isDoubted =
      isRefused && !isMember && !isBelieved && (usage?.generatedImages ?? 0) < 1
    let weak = waiting.values.filter { $0.isDamaged || !$0.beginsLikePicture }.map(\.number)
    let search = PictureSearch(
      tree, isMember: isMember, hasResults: hasResults,
      echoes: isDoubted ? .none : isTorn ? .withoutPrompt : .besideNothing, weak: Set(weak),
      base: base, sent: sent)
    return search.found.filter { found in
      switch found.finding {
      case .address(let address):
        !isDoubted && (isVendors || !(isMember ? earlier : addresses).contains(address))
      case .image(let number): !isDoubted || waiting[number]?.beginsLikePicture == true
      case .base64: !isDoubted
      case .refused, .unread: !isRefused && !isTorn
      }
    }
  }

  /// Claims what nobody could tell from a picture, unless all that were drawn are here: then they are pieces of
  /// them, or something else.
  mutating func settleDoubtful() {
    let images = doubtful
    doubtful = []
    let room = usage?.generatedImages.map { $0 - pictureCount } ?? images.count
    for one in images {
      if room < images.count {
        hasPieces = true
        report(.imageDropped(image: one.image.number))
      } else {
        pictureCount += 1
        let source = PictureReply.Source.inline(
          image: one.image.number, byteCount: one.image.byteCount)
        report(.picture(PictureReply(source, at: one.place, of: one.member)))
      }
    }
  }

  /// Takes what was found in a text.
  ///
  /// - Parameters:
  ///   - index: The place that the text names for its picture, if it does.
  ///   - isVendors: The text is an event of the vendor's form, which says that it has a picture.
  mutating func take(
    _ all: [PictureSearch.Found], of json: [UInt8], at index: Int?, isVendors: Bool = false,
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
        if image.isLost {
          waiting[number] = nil
          report(.imageDropped(image: number))
          passOver(index)
        } else if image.beginsLikePicture || isVendors {
          claim(image, at: index ?? member?.index, of: member)
        } else if let place = place(index ?? member?.index) {
          waiting[number] = nil
          doubtful.append(Doubtful(image: image, place: place, member: member))
        }
      case .base64(let text): take(base64: text, at: index, &splitter)
      }
    }
  }

  /// A picture in a text within a text, decoded only now.
  mutating func take(
    base64 text: String, at index: Int?, _ splitter: inout JSONSplitter
  ) {
    do throws(ReplyFault) {
      let (image, bytes) = InlineImage.read(text, as: try splitter.newImage())
      guard !image.isLost else { return passOver(index) }
      report(.imageBytes(image: image.number, bytes))
      claim(image, at: index, of: nil)
    } catch {
      report(.abandoned(error))
    }
  }

  /// Images that stand in words which are still under way.
  mutating func claimImages(in words: String) {
    for number in InlineImage.numbers(in: words) {
      guard let image = waiting[number] else { continue }
      if image.isLost {
        passOver(nil)
      } else {
        claim(image, at: nil, of: nil)
      }
    }
  }

  mutating func name(
    _ source: PictureReply.Source, at index: Int?, _ member: ReplyDocument?
  ) {
    guard let place = place(index) else { return }
    if case .url(let address) = source { addresses.insert(address) }
    pictureCount += 1
    report(.picture(PictureReply(source, at: place, of: member)))
  }

  mutating func claim(_ image: InlineImage, at index: Int?, of member: ReplyDocument?) {
    guard let place = place(index) else { return }
    waiting[image.number] = nil
    pictureCount += 1
    let source = PictureReply.Source.inline(image: image.number, byteCount: image.byteCount)
    report(.picture(PictureReply(source, at: place, of: member)))
  }

  /// A member that should have been a picture and cannot be read as one: it keeps its place.
  mutating func passOver(_ index: Int?) {
    passedOver += 1
    _ = place(index)
  }

  mutating func refuse(_ index: Int?, _ error: APIError) {
    if let place = place(index) { report(.memberRefused(index: place, error)) }
  }

  /// A place for one more member; after the last one the reply is abandoned.
  mutating func place(_ named: Int?) -> Int? {
    let place = places.take(named)
    if place == nil { report(.abandoned(.tooManyImages(limit: limits.images))) }
    return place
  }

  /// Images whose member is read and did not want them.
  mutating func dropWaiting() {
    for number in waiting.keys.sorted() { report(.imageDropped(image: number)) }
    waiting = [:]
  }
}
