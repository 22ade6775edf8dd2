import Imaging
import Posix

/// What the front end asks its decoder, sent with the open file: 16 bytes, little-endian.
struct DecodeRequest: Equatable, Sendable {
  static let byteCount = 16
  /// Counts the requests of a front end; the reply has it too.
  var generation: UInt64
  var preview: SymbolPreview

  var bytes: [UInt8] {
    generation.littleEndianBytes + UInt16(clamping: preview.columns).littleEndianBytes
      + UInt16(clamping: preview.rows).littleEndianBytes
      + [Self.code(preview.colors), preview.shapes == .sextants ? 1 : 0, 0, 0]
  }

  init(generation: UInt64, preview: SymbolPreview) {
    self.generation = generation
    self.preview = preview
  }

  /// Nil for bytes that are no request.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, let colors = Self.colors[bytes[12]] else { return nil }
    generation = UInt64(littleEndianBytes: bytes[..<8])
    preview = SymbolPreview(
      columns: Int(UInt16(littleEndianBytes: bytes[8..<10])),
      rows: Int(UInt16(littleEndianBytes: bytes[10..<12])), colors: colors,
      shapes: bytes[13] == 1 ? .sextants : .quadrants)
  }

  private static let colors: [UInt8: SymbolColors] = [
    0: .none, 1: .truecolor, 2: .palette256, 3: .palette16,
  ]

  private static func code(_ colors: SymbolColors) -> UInt8 {
    Self.colors.first { $0.value == colors }?.key ?? 0
  }
}

/// What the decoder answers: a length of four bytes, which counts what follows it, the generation in eight, what
/// it is in one, and the bytes of that; little-endian.
struct DecodeReply: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    /// `PreviewFormat`; nothing in it is to be trusted.
    case cells([UInt8])
    /// Why there are none, one sentence.
    case refused(String)
    /// Another one was asked for meanwhile.
    case dropped
  }

  var generation: UInt64
  var content: Content

  /// What a sentence may have.
  static let longestSentence = 300
  private static let headLength = 4
  private static let least = 9

  var bytes: [UInt8] {
    let (code, rest): (UInt8, [UInt8]) =
      switch content {
      case .cells(let cells): (0, cells)
      case .refused(let sentence): (1, Array(sentence.utf8.prefix(Self.longestSentence)))
      case .dropped: (2, [])
      }
    return UInt32(clamping: Self.least + rest.count).littleEndianBytes
      + generation.littleEndianBytes + [code] + rest
  }

  init(generation: UInt64, content: Content) {
    self.generation = generation
    self.content = content
  }

  /// What stands in the first bytes of a stream, which are taken from it; nil until it is whole.
  ///
  /// - Parameter limit: Bytes of cells at most.
  /// - Throws: `EPROTO` where it is no reply: nothing behind it can be read.
  init?(taking bytes: inout [UInt8], limit: Int) throws(PosixError) {
    guard bytes.count >= Self.headLength else { return nil }
    let length = Int(UInt32(littleEndianBytes: bytes[..<Self.headLength]))
    guard length >= Self.least, length <= Self.least + max(limit, Self.longestSentence) else {
      throw PosixError("read a reply", code: PosixError.protocolBroken)
    }
    let end = Self.headLength + length
    guard bytes.count >= end else { return nil }
    let rest = Array(bytes[(Self.headLength + Self.least)..<end])
    generation = UInt64(littleEndianBytes: bytes[Self.headLength..<Self.headLength + 8])
    switch bytes[Self.headLength + 8] {
    case 0: content = .cells(rest)
    case 1 where rest.count <= Self.longestSentence:
      content = .refused(printable(rest))
    case 2 where rest.isEmpty: content = .dropped
    default: throw PosixError("read a reply", code: PosixError.protocolBroken)
    }
    bytes.removeFirst(end)
  }
}

extension FixedWidthInteger {
  fileprivate var littleEndianBytes: [UInt8] {
    stride(from: 0, to: Self.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }

  fileprivate init(littleEndianBytes bytes: ArraySlice<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | Self($1) }
  }
}
