/// What a service that was started says through its `--ready-fd`: nothing where all is well, else why it
/// ended.
struct StartReport: Equatable {
  /// One sentence for a person; empty where all is well.
  var sentence: String
  /// Whether another process works on the gallery, which may be a service that is just coming or going.
  var isGalleryInUse: Bool

  private static let mark: Character = "!"

  init(_ sentence: String, isGalleryInUse: Bool) {
    self.sentence = sentence
    self.isGalleryInUse = isGalleryInUse
  }

  /// As received.
  init(received text: String) {
    isGalleryInUse = text.first == Self.mark
    sentence = String(isGalleryInUse ? text.dropFirst() : text[...]).trimmingWhitespace()
  }

  /// As sent.
  var text: String { (isGalleryInUse ? String(Self.mark) : "") + sentence + "\n" }
}
