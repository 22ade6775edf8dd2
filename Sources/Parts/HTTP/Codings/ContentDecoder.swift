/// Undoes the content codings of one body as it arrives, whoever asked for them.
///
/// Undone is what can be undone: gzip, deflate with and without its wrapper, brotli and zstandard, one on the
/// other, and gzip and zstandard also where no header names them, and the frames of `aws-chunked`. Names that are not
/// known (`utf-8`) and wrong ones change nothing. Nothing is dropped but what stands behind the place where a
/// compressed stream breaks. Not safe for two threads at once.
package final class ContentDecoder {
  /// The most layers that are looked at.
  private static let deepest = 8
  /// Layers that no header names: a file stored compressed, and compressed once more on its way.
  private static let unnamed = 2
  /// No compression of text or a picture comes to more (gzip's highest is 1032); what does is a bomb.
  private static let ratio = 1100
  private static let harmless = 64 << 20

  private final class Feed {
    var bytes: [UInt8] = []
    var isOver = false
    var count = 0

    func next() -> CodingLayer.Supply {
      guard !bytes.isEmpty else { return isOver ? .end : .dry }
      defer { bytes = [] }
      return .bytes(bytes)
    }
  }

  private let feed = Feed()
  private var layers: [CodingLayer] = []
  private var produced = 0
  /// Whether more would come out than any picture or reply comes to; the rest is then not taken.
  package private(set) var isBomb = false

  /// - Parameter codings: As they were put on, see `HTTPResponseHead.contentCodings`.
  package init(_ codings: [String]) {
    let named = codings.reversed().compactMap { ContentCoding($0) }.prefix(Self.deepest)
    let feed = feed
    var below: () -> CodingLayer.Supply = { feed.next() }
    for coding in named.map({ Optional($0) }) + Array(repeating: nil, count: Self.unnamed) {
      let layer = CodingLayer(coding, below: below)
      below = { layer.next() }
      layers.append(layer)
    }
  }

  /// Whether every coding that began came to its end.
  package var isWhole: Bool { !isBomb && layers.allSatisfy(\.isWhole) }

  /// Whether the bytes are passed on as they come.
  package var isPlain: Bool { layers.allSatisfy(\.isPlain) }

  /// Adds what has arrived; to be taken with `next()` before more is added.
  package func add(_ bytes: [UInt8]) {
    feed.bytes += bytes
    feed.count += bytes.count
  }

  /// Nothing more arrives.
  package func end() { feed.isOver = true }

  /// The next bytes of the body; nil where more must arrive first, and at the end.
  package func next() -> [UInt8]? {
    guard !isBomb, case .bytes(let bytes)? = layers.last?.next() else { return nil }
    produced += bytes.count
    isBomb = produced > Self.harmless && produced / Self.ratio > feed.count
    return bytes
  }

  /// A whole body without its codings; nil where that is larger than the limit.
  package static func undo(
    _ codings: [String], of bytes: [UInt8], limit: Int
  ) -> (bytes: [UInt8], isWhole: Bool)? {
    let decoder = ContentDecoder(codings)
    decoder.add(bytes)
    decoder.end()
    var result: [UInt8] = []
    while let piece = decoder.next() {
      guard piece.count <= limit - result.count else { return nil }
      result += piece
    }
    return (result, decoder.isWhole)
  }

  /// Whether these are the first bytes of a compressed file.
  package static func isCompressed(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B, 0x08]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
  }
}
