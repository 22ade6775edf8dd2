import Posix
import Seedream

/// Makes addresses of pictures absolute in a stream of events that passes verbatim, line by line. A line with a
/// picture inside is too long to be one with an address: it passes as it comes.
struct AbsoluteLines {
  /// The longest line that is looked at.
  private static let longest = 16 << 10

  private let base: String
  private var line: [UInt8] = []
  private var isLong = false

  /// - Parameter base: Where the request went.
  init(base: String) { self.base = base }

  /// The next bytes, as far as they may be passed on.
  mutating func take(_ piece: [UInt8]) -> [UInt8] {
    var passed: [UInt8] = []
    var start = 0
    while start < piece.count {
      let end = firstIndex(of: 0x0a, in: piece, from: start).map { $0 + 1 } ?? piece.count
      line += piece[start..<end]
      let isWhole = piece[end - 1] == 0x0a
      if isWhole || isLong || line.count > Self.longest {
        passed += isLong || !isWhole ? line : whole
        line = []
        isLong = !isWhole
      }
      start = end
    }
    return passed
  }

  /// What was held back.
  mutating func finish() -> [UInt8] {
    defer { line = [] }
    return line
  }

  private var whole: [UInt8] {
    let name = Array("data:".utf8)
    guard line.count <= Self.longest, line.starts(with: name) else { return line }
    let text = Array(line[name.count...])
    var parser = ReplyParser(address: base)
    let addresses = (parser.consume(text) + parser.finish()).compactMap(\.address)
    guard !addresses.isEmpty else { return line }
    return name + AbsoluteAddresses.inserted(in: text, of: Set(addresses), base: base)
  }
}

extension ReplyEvent {
  /// Of a picture that is elsewhere.
  var address: String? {
    if case .picture(let picture) = self, case .url(let address) = picture.source {
      address
    } else {
      nil
    }
  }
}
