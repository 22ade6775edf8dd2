/// One content coding on its way off, or a place where one nobody has named would be found.
///
/// A label is only believed as far as the bytes go along with it: what was not compressed, or in another
/// way, is passed on as it is.
final class CodingLayer {
  /// What a layer has for the one above it.
  enum Supply {
    case bytes([UInt8])
    /// Nothing at the moment; there may be more.
    case dry
    case end
  }

  private enum Mode {
    case deciding
    case plain
    case decoding(any Decompressor, ContentCoding)
    /// A compressed stream is complete; another may follow (RFC 1952, section 2.2).
    case between(ContentCoding)
    /// What follows the end is nobody's: zeros, and the like.
    case draining
    case over
  }

  /// The most that one call hands over.
  static let pieceLength = 64 << 10
  /// What must have come out of a format that is hard to tell from other bytes before it is believed.
  private static let proof = 256
  /// What is kept for the case that the bytes turn out to be in no coding.
  private static let doubt = 1 << 20

  /// Nil where none was named.
  private let coding: ContentCoding?
  private let below: () -> Supply
  private var mode = Mode.deciding
  private var pending: [UInt8] = []
  /// How far `pending` has been used.
  private var used = 0
  /// Whether the last step had no room left: more may come out without more going in.
  private var isFull = false
  /// What went in and came out as long as it is not certain that the coding is the right one; nil afterwards.
  private var trial: (input: [UInt8], output: [UInt8])? = ([], [])
  /// Whether the format has marks that other bytes do not have by accident.
  private var isCertain = true
  private(set) var isWhole = true
  /// Whether the bytes are passed on as they come.
  var isPlain: Bool { if case .plain = mode { true } else { false } }

  init(_ coding: ContentCoding?, below: @escaping () -> Supply) {
    self.coding = coding
    self.below = below
  }

  /// What there is next, at most `pieceLength` of what was compressed.
  func next() -> Supply {
    while true {
      switch mode {
      case .deciding:
        switch below() {
        case .bytes(let bytes):
          pending = pending.isEmpty ? bytes : pending + bytes
          decide(isAll: false)
        case .end: decide(isAll: true)
        case .dry: return .dry
        }
      case .plain:
        guard used < pending.count else { return below() }
        defer { (pending, used) = ([], 0) }
        return .bytes(used == 0 ? pending : Array(pending[used...]))
      case .decoding(let decompressor, let coding):
        if let supply = decode(with: decompressor, coding) { return supply }
      case .between(let coding):
        let rest = Array(pending[used...])
        (pending, used) = (rest, 0)
        switch coding.follows(rest) {
        case true?: mode = coding.makeDecompressor().map { .decoding($0, coding) } ?? .draining
        case false?: mode = .draining
        case nil:
          switch below() {
          case .bytes(let bytes): pending += bytes
          case .dry: return .dry
          case .end: mode = .over
          }
        }
      case .draining:
        switch below() {
        case .bytes: continue
        case .dry: return .dry
        case .end: mode = .over
        }
      case .over: return .end
      }
    }
  }

  /// Nil to look again.
  private func decode(with decompressor: any Decompressor, _ coding: ContentCoding) -> Supply? {
    var isEnd = false
    if used == pending.count, !isFull {
      switch below() {
      case .bytes(let bytes): (pending, used) = (bytes, 0)
      case .dry: return .dry
      case .end: isEnd = true
      }
    }
    let (output, step) = step(decompressor)
    if trial != nil {
      trial?.input += pending[used..<used + step.consumed]
      trial?.output += output
    }
    used += step.consumed
    switch step.status {
    case .goesOn where !isEnd || !output.isEmpty:
      guard let trial else { return output.isEmpty ? nil : .bytes(output) }
      return isProven || trial.input.count > Self.doubt ? believe() : nil
    case .ended where trial == nil || isProven || used == pending.count:
      mode = .between(coding)
      return trial == nil ? output.isEmpty ? nil : .bytes(output) : believe()
    case .ended, .failed, .goesOn:
      guard let doubted = trial, !isProven else {
        isWhole = false
        mode = .draining
        return trial == nil ? output.isEmpty ? nil : .bytes(output) : believe()
      }
      // It was in no coding, or in none that is known.
      (pending, used) = (doubted.input + pending[used...], 0)
      trial = nil
      mode = .plain
      return nil
    }
  }

  /// Whether what came out of the trial speaks for the coding.
  private var isProven: Bool {
    guard let trial else { return true }
    return trial.output.count >= (isCertain ? 1 : Self.proof)
  }

  private func believe() -> Supply? {
    guard let doubted = trial else { return nil }
    trial = nil
    return doubted.output.isEmpty ? nil : .bytes(doubted.output)
  }

  private func step(_ decompressor: any Decompressor) -> ([UInt8], DecompressionStep) {
    var step = DecompressionStep(consumed: 0, produced: 0, status: .goesOn)
    let output = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceLength) { room, count in
      unsafe pending.withUnsafeBufferPointer { bytes in
        unsafe step = decompressor.decode(
          UnsafeBufferPointer(rebasing: bytes[used...]), into: room)
      }
      count = step.produced
    }
    isFull = step.produced == Self.pieceLength
    return (output, step)
  }

  // MARK: What the first bytes say

  /// Says how to go on, unless more of the bytes must be seen first.
  private func decide(isAll: Bool) {
    for known in [ContentCoding.gzip, .zstandard] {
      switch known.matches(pending) {
      case true?: return begin(known.makeDecompressor(), known, isCertain: true)
      case nil where !isAll: return
      default: break
      }
    }
    guard let coding, !pending.isEmpty else {
      if isAll || !pending.isEmpty { mode = .plain }
      return
    }
    if coding == .signedChunks {
      // Most hand out the body without them, and the name all the same.
      switch SignedChunks.begin(pending) {
      case true?: begin(SignedChunks(), coding, isCertain: true)
      case nil where !isAll: break
      default: mode = .plain
      }
      return
    }
    guard isAll || pending.count >= 12 else { return }
    if pending.looksPlain {
      mode = .plain
      return
    }
    switch coding {
    case .brotli: begin(BrotliDecompressor(), coding, isCertain: false)
    case .zstandard, .signedChunks: mode = .plain
    case .gzip, .deflate:
      let isWrapped = pending.hasZlibHeader
      begin(Inflation(isWrapped ? .zlib : .none), .deflate, isCertain: isWrapped)
    }
  }

  private func begin(
    _ decompressor: (any Decompressor)?, _ coding: ContentCoding, isCertain: Bool
  ) {
    self.isCertain = isCertain
    mode = decompressor.map { .decoding($0, coding) } ?? .plain
  }
}

extension ContentCoding {
  fileprivate var magic: [UInt8]? {
    switch self {
    case .gzip: [0x1F, 0x8B, 0x08]
    case .zstandard: [0x28, 0xB5, 0x2F, 0xFD]
    case .deflate, .brotli, .signedChunks: nil
    }
  }

  /// Whether these are the first bytes of it; nil where there are too few.
  fileprivate func matches(_ bytes: [UInt8]) -> Bool? {
    guard let magic else { return false }
    if bytes.starts(with: magic) { return true }
    return bytes.count < magic.count && magic.starts(with: bytes) ? nil : false
  }

  /// Whether another compressed stream begins here; nil where there are too few bytes to say.
  fileprivate func follows(_ rest: [UInt8]) -> Bool? {
    guard let magic else { return rest.isEmpty ? nil : false }
    if rest.starts(with: magic) { return true }
    return magic.starts(with: rest) ? nil : false
  }
}

extension [UInt8] {
  /// RFC 1950, section 2.2.
  fileprivate var hasZlibHeader: Bool {
    count >= 2 && self[0] & 0x8F == 0x08 && (Int(self[0]) << 8 | Int(self[1])) % 31 == 0
  }

  var beginsLikeAPicture: Bool {
    let pictures: [[UInt8]] = [
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], [0xFF, 0xD8, 0xFF], Array("RIFF".utf8),
      Array("GIF8".utf8), [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
    ]
    return pictures.contains(where: { starts(with: $0) })
      || dropFirst(4).starts(with: "ftyp".utf8)
  }

  /// Whether this is how a reply or a picture begins when nothing was done to it.
  fileprivate var looksPlain: Bool {
    if beginsLikeAPicture { return true }
    // Brotli may begin with a bracket, but not with a page of text behind it.
    return prefix(64).allSatisfy { 0x20...0x7E ~= $0 || 0x09...0x0D ~= $0 || $0 >= 0x80 }
      && prefix(12).allSatisfy { $0 < 0x80 }
      || starts(with: [0xEF, 0xBB, 0xBF])
  }
}
