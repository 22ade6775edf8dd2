/// Watches whether a JPEG or a PNG is whole: gdk-pixbuf fills what is missing and says nothing.
struct PictureEnding {
  /// The end-of-image marker (ITU-T T.81, B.1.1.3), or the name of the last chunk (PNG 11.2.5).
  private let mark: [UInt8]
  private var tail: [UInt8] = []

  init(_ format: ImageFileFormat) {
    mark =
      switch format {
      case .jpeg: [0xFF, 0xD9]
      case .png: Array("IEND".utf8)
      case .webp, .gif, .bmp, .tiff, .heic: []
      }
  }

  mutating func note(_ piece: [UInt8]) {
    guard !mark.isEmpty else { return }
    tail = Array((tail + piece.suffix(Self.tailLength)).suffix(Self.tailLength))
  }

  /// Whether the mark stands near the end: some writers pad.
  var isThere: Bool {
    mark.isEmpty
      || tail.indices.contains { tail[$0...].starts(with: mark) }
  }

  private static let tailLength = 4096
}
