internal import Hashing
internal import Posix

/// The bytes of a picture as they are looked at: those in memory, or a window of its file at a time, so
/// that a picture of any size costs the memory of one window.
final class PictureReader {
  /// Bytes read at once, unless more are asked for.
  static let windowLength = 256 << 10

  /// Bytes of the whole picture.
  let count: Int
  /// Why bytes are missing, where they are.
  private var failure: PosixError?
  private let path: String?
  private let file: FileDescriptor?
  private var window: [UInt8]
  private var start = 0

  init(_ bytes: [UInt8]) {
    count = bytes.count
    window = bytes
    path = nil
    file = nil
  }

  /// - Throws: `notAFile` for what is no regular file.
  init(path: String) throws(PosixError) {
    let file = try FileDescriptor.ofFile(path)
    count = try FileInformation(of: file, path: path).size
    window = []
    self.path = path
    self.file = consume file
  }

  /// The bytes at these places of the picture, fewer where it ends or cannot be read. The indices of the
  /// slice mean nothing.
  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    let wanted = range.clamped(to: 0..<count)
    if wanted.lowerBound < start || wanted.upperBound > start + window.count { read(wanted) }
    let there = wanted.clamped(to: start..<start + window.count)
    guard there.lowerBound == wanted.lowerBound else { return [] }
    return window[there.lowerBound - start..<there.upperBound - start]
  }

  /// The byte at one place; zero where there is none.
  subscript(place: Int) -> UInt8 { self[place..<place + 1].first ?? 0 }

  /// A range in pieces of one window, in order.
  func pieces(of range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: Self.windowLength).map {
      $0..<min($0 + Self.windowLength, range.upperBound)
    }
  }

  /// All bytes at these places.
  func bytes(_ range: Range<Int>) throws(PosixError) -> ArraySlice<UInt8> {
    let bytes = self[range]
    guard bytes.count == range.count else {
      throw failure ?? PosixError("read", path: path, code: PosixError.inputOutput)
    }
    return bytes
  }

  /// The SHA-256 of all bytes, or of those outside a range: 64 lower-case hex digits.
  func sha256(without gap: Range<Int> = 0..<0) throws(PosixError) -> String {
    var hash = SHA256()
    for range in pieces(of: 0..<gap.lowerBound) + pieces(of: gap.upperBound..<count) {
      hash.update(try bytes(range))
    }
    return hash.hexDigest()
  }

  private func read(_ range: Range<Int>) {
    guard failure == nil else { return }
    start = range.lowerBound
    window = []
    let length = max(range.count, min(Self.windowLength, count - start))
    do throws(PosixError) {
      while window.count < length {
        let more = try file?.read(upTo: length - window.count, at: start + window.count, path: path)
        guard let more, !more.isEmpty else { return }
        if window.isEmpty { window = more } else { window += more }
      }
    } catch {
      failure = error
    }
  }
}
