import Posix
import Seedream

/// Makes addresses of pictures absolute in a long JSON document that passes verbatim, string by string. What is
/// longer than an address can be passes as it comes.
struct AbsoluteDocument {
  /// The longest string that is looked at, in bytes.
  private static let longest = 16 << 10

  private let base: String
  /// A string that has begun, with its quotation mark, and one that has ended and may be a name.
  private var open: [UInt8]?
  private var ended: [UInt8]?
  /// White space behind the one that has ended.
  private var space: [UInt8] = []
  private var name = ""
  /// Whether the string is too long, and passes.
  private var isLong = false
  private var isEscaped = false

  /// - Parameter base: Where the request went.
  init(base: String) { self.base = base }

  /// The next bytes, as far as they may be passed on.
  mutating func take(_ piece: [UInt8]) -> [UInt8] {
    var passed: [UInt8] = []
    passed.reserveCapacity(piece.count)
    var index = 0
    while index < piece.count {
      guard open != nil else {
        takeBetween(piece[index], into: &passed)
        index += 1
        continue
      }
      let end = firstIndex(of: UInt8(ascii: "\""), in: piece, from: index) ?? piece.count
      let text = piece[index..<end]
      let escapes = text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      // An escape that the last piece ended with counts only where nothing else is between.
      let isOdd = (escapes + (escapes == text.count && isEscaped ? 1 : 0)) % 2 == 1
      let isClosed = end < piece.count && !isOdd
      let taken = piece[index..<min(end + 1, piece.count)]
      if isLong { passed += taken } else { open? += taken }
      isEscaped = end < piece.count ? false : isOdd
      index = min(end + 1, piece.count)
      if isClosed {
        ended = isLong ? nil : open
        (open, isLong) = (nil, false)
      } else if let begun = open, begun.count > Self.longest {
        passed += begun
        (open, isLong) = ([], true)
      }
    }
    return passed
  }

  /// What was held back.
  mutating func finish() -> [UInt8] {
    defer { (open, ended, space) = (nil, nil, []) }
    return (ended.map(written) ?? []) + space + (open ?? [])
  }

  private mutating func takeBetween(_ byte: UInt8, into passed: inout [UInt8]) {
    if let string = ended {
      guard ![0x20, 0x09, 0x0a, 0x0d].contains(byte) else { return space.append(byte) }
      if byte == UInt8(ascii: ":") {
        name = String(decoding: string.dropFirst().dropLast(), as: UTF8.self)
        passed += string
      } else {
        passed += written(string)
      }
      passed += space
      (ended, space) = (nil, [])
    }
    if byte == UInt8(ascii: "\"") { open = [byte] } else { passed.append(byte) }
  }

  /// A string that is a value.
  private func written(_ string: [UInt8]) -> [UInt8] {
    guard string.count <= Self.longest else { return string }
    return AbsoluteAddresses.absolute(string, named: name, base: base) ?? string
  }
}
