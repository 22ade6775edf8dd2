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
    guard let json = TornJSON.closed(text), let tree = JSONTree(json) else {
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

  /// Claims the images of a text that cannot be read, as far as they begin like pictures.
  mutating func claimWaiting() {
    for image in waiting.values.sorted(by: { $0.number < $1.number })
    where image.beginsLikePicture {
      claim(image, at: nil, of: nil)
    }
    dropWaiting()
  }
}
