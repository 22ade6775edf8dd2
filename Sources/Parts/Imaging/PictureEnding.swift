/// Watches whether a JPEG is whole: gdk-pixbuf fills what is missing with grey and says nothing.
struct PictureEnding {
  private let isNeeded: Bool
  private var tail: [UInt8] = []

  init(_ format: ImageFileFormat) { isNeeded = format == .jpeg }

  mutating func note(_ piece: [UInt8]) {
    guard isNeeded else { return }
    tail = Array((tail + piece.suffix(Self.tailLength)).suffix(Self.tailLength))
  }

  /// Whether an end-of-image marker (ITU-T T.81, B.1.1.3) stands near the end: some writers pad.
  var isThere: Bool {
    !isNeeded || zip(tail, tail.dropFirst()).contains { $0 == 0xFF && $1 == 0xD9 }
  }

  private static let tailLength = 4096
}
