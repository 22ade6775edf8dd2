internal import Posix

/// A secret as a debugger, a log or a page shows bytes: one by one, with other signs between (`61:72:6b`, `0x61, 0x72`,
/// `U+0061`, `[97,114,107]`, `141 162`, `a r k`, a line end or an invisible sign in the middle).
struct Dump: Sendable {
  /// How a byte is written.
  enum Kind: CaseIterable {
    case letter, hexadecimal, octal, decimal
  }

  enum Match: Equatable {
    case whole(end: Int)
    /// The text ends before it is known; so many bytes are there, up to `end`.
    case open(count: Int, end: Int, mayWait: Bool)
    case none
  }

  /// The most signs between two bytes.
  private static let longestGap = 12
  /// So many bytes are waited for over the end of an event; fewer are there by chance.
  private static let certain = 4

  let kind: Kind
  /// The bytes, in small letters and without zeros before them.
  private let bytes: [[UInt8]]

  init(_ secret: [UInt8], _ kind: Kind) {
    self.kind = kind
    bytes = secret.map { byte in
      switch kind {
      case .letter: [byte.lowercased]
      case .hexadecimal: Array(String(byte, radix: 16).utf8)
      case .octal: Array(String(byte, radix: 8).utf8)
      case .decimal: Array(String(byte).utf8)
      }
    }
  }

  /// How many bytes of the secret there are.
  var count: Int { bytes.count }

  /// The first signs of it, of either case.
  var beginnings: [UInt8] {
    let first = bytes[0][0]
    return first.isLetter ? [first, first.uppercased] : [first]
  }

  /// How long it is without anything between.
  var shortest: Int { bytes.reduce(0) { $0 + $1.count } }

  func match(at start: Int, in text: [UInt8]) -> Match {
    var place = start
    for number in bytes.indices {
      let byte = bytes[number]
      let from = place
      // In decimal numbers the places of a byte are not told without a gap.
      let least = kind == .decimal && number > 0 ? 1 : 0
      while true {
        let common = commonCount(byte, text, place)
        if place + common == text.count, common < byte.count {
          let isOneEvent = !text[from...].contains(0x0A)
          return .open(
            count: number, end: common > 0 ? text.count : from,
            mayWait: number >= Self.certain || isOneEvent)
        }
        if common == byte.count, place - from >= least {
          place += common
          break
        }
        guard number > 0, place - from < Self.longestGap, let end = gap(text, place) else {
          return .none
        }
        place = end
      }
    }
    return .whole(end: place)
  }

  private func commonCount(_ byte: [UInt8], _ text: [UInt8], _ place: Int) -> Int {
    var count = 0
    while count < byte.count, place + count < text.count,
      text[place + count].lowercased == byte[count]
    {
      count += 1
    }
    return count
  }

  /// Where a sign ends that may stand between two bytes; nil for one that may not. Colours of a terminal are one.
  private func gap(_ text: [UInt8], _ place: Int) -> Int? {
    let sign = text[place]
    if sign == 0x1B, place + 1 < text.count, text[place + 1] == UInt8(ascii: "[") {
      let rest = text[(place + 2)...].prefix(Self.longestGap)
      return rest.firstIndex(where: \.isLetter).map { $0 + 1 }
        ?? (rest.count < Self.longestGap ? text.count : nil)
    }
    if !sign.isLetter, !sign.isDigit { return place + 1 }
    // `0x61`, `U+0061`, `\u{61}`, `097`.
    guard kind != .letter else { return nil }
    switch sign {
    case UInt8(ascii: "0"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "u"),
      UInt8(ascii: "U"),
      UInt8(ascii: "o"):
      return place + 1
    default: return nil
    }
  }
}

/// Finds dumps of many secrets. What may be the middle of a picture's base64 is passed over at once: it has nothing
/// between its letters.
struct DumpSearch: Sendable {
  private static let window = 4096

  private let dumps: [Dump]
  /// Those that may begin with a byte, and whether there are any.
  private let beginnings: [[Int]]
  private let isBeginning: [Bool]
  private let longestUnbroken: Int

  init(_ secrets: [[UInt8]]) {
    dumps = secrets.filter { $0.count >= Redaction.shortestSecret }
      .flatMap { secret in Dump.Kind.allCases.map { Dump(secret, $0) } }
    var beginnings = [[Int]](repeating: [], count: 256)
    for (number, dump) in dumps.enumerated() {
      for byte in dump.beginnings { beginnings[Int(byte)].append(number) }
    }
    self.beginnings = beginnings
    isBeginning = beginnings.map { !$0.isEmpty }
    longestUnbroken = dumps.map(\.shortest).max() ?? 0
  }

  /// Hands over the range of every dump and the bytes of its secret; returns where one may have begun.
  ///
  /// - Parameter isLast: Whether nothing more will come: what is cut then counts as one.
  func matches(
    in text: [UInt8], isLast: Bool, _ take: (Range<Int>, Int) -> Void
  ) -> Int? {
    var open: Int?
    var start = 0
    while start < text.count {
      let end = min(start + Self.window, text.count)
      if text.count > Self.window, Run(text[start..<end]) != .other {
        // The first letters of one whose first gap comes behind the window.
        if end < text.count {
          look(max(start, end - longestUnbroken)..<end, text, isLast, &open, take)
        }
      } else {
        look(start..<end, text, isLast, &open, take)
      }
      start = end
    }
    return open
  }

  private func look(
    _ places: Range<Int>, _ text: [UInt8], _ isLast: Bool, _ open: inout Int?,
    _ take: (Range<Int>, Int) -> Void
  ) {
    for place in places where isBeginning[Int(text[place])] {
      for number in beginnings[Int(text[place])] {
        switch dumps[number].match(at: place, in: text) {
        case .none: continue
        case .whole(let end): take(place..<end, dumps[number].count)
        case .open(let count, let end, let mayWait):
          if isLast, count >= Redaction.shortestSecret { take(place..<end, count) }
          if !isLast, mayWait { open = min(open ?? place, place) }
        }
      }
    }
  }
}
