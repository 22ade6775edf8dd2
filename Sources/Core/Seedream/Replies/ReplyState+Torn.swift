// Texts that were not read to their end.

extension ReplyState {
  /// Takes what is whole in a text whose end is missing.
  ///
  /// - Parameter isEvent: It is an event of a stream.
  mutating func takeTorn(
    _ text: [UInt8], isEvent: Bool, _ dialect: Dialect, _ splitter: inout JSONSplitter
  ) {
    defer { dropWaiting() }
    guard !isEnded, !isEvent || !Self.isPreview(text) else { return }
    guard let json = TornJSON.closed(MendedJSON.mended(text) ?? text), let tree = JSONTree(json)
    else {
      return claimWaiting()
    }
    let document = ReplyDocument(json)
    if isEvent, let words = tree.deltaText {
      if self.text.utf8.count < limits.documentBytes { self.text += words }
      return claimImages(in: words)
    }
    guard isOfPictures(document) else { return }
    let found = pictures(in: tree, isTorn: true)
    if let job = document?.job, self.job == nil, dialect.polling != nil, found.isEmpty,
      places.count == 0
    {
      return report(.completed(Completion(created: document?.created, pending: job)))
    }
    take(found, of: json, at: isEvent ? document?.index : nil, &splitter)
  }

  /// The pictures that a reply shows which is neither JSON nor a stream nor a page: addresses and nothing else, or
  /// Markdown.
  ///
  /// - Parameter isCut: The transfer broke: what the text ends with may have gone on.
  /// - Returns: Whether there are any; then the reply is over.
  mutating func takeWords(_ text: String, isCut: Bool) -> Bool {
    guard !isRefused, job == nil else { return false }
    var text = text
    if isCut { while let last = text.last, !last.isWhitespace { text.removeLast() } }
    name(shownIn: text)
    guard pictureCount > 0 else { return false }
    if isCut {
      report(.interrupted)
    } else {
      reportCompletion(nil)
      report(.finished)
    }
    return true
  }

  /// Names what a text shows between its words.
  mutating func name(shownIn text: String) {
    for found in PictureSearch(text: text, base: base, sent: sent).found {
      if case .address(let address) = found.finding, !addresses.contains(address) {
        name(.url(address), at: nil, nil)
      }
    }
  }

  /// Claims the images of a text that cannot be read, as far as they begin like pictures.
  mutating func claimWaiting() {
    for image in waiting.values.sorted(by: { $0.number < $1.number })
    where image.beginsLikePicture {
      claim(image, at: nil, of: nil)
    }
    dropWaiting()
  }
}
