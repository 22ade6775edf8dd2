/// Finds many needles in one pass that looks at four bytes of every n-th place only: n so that a needle, wherever it
/// lies, has one of those places in its beginning, whose bytes are then among the groups of four of all needles.
/// No look depends on the one before, so that the processor has many under way.
struct NeedleSearch: Sendable {
  /// A group of a needle: which one, and how far behind its beginning.
  private struct Place {
    var needle: Int
    var offset: Int
  }

  private static let group = 4
  private static let filterBits: UInt32 = 17

  let longest: Int
  private let needles: [Needle]
  private let stride: Int
  /// Two bits for each group that some needle has; one group in a thousand passes and is of no needle.
  private let filter: [UInt64]
  private let places: [UInt32: [Place]]
  /// The needles that begin with a byte.
  private let beginnings: [[Int]]
  /// A bit for each pair of bytes that some needle begins with.
  private let pairs: [UInt64]
  let dumps: DumpSearch

  /// Nil for no needles.
  init?(_ secrets: Set<String>) {
    let needles = secrets.flatMap { Needle.all(of: $0) }
    guard let shortest = needles.map(\.bytes.count).min(), shortest >= Self.group,
      let longest = needles.map(\.bytes.count).max()
    else { return nil }
    self.needles = needles
    self.longest = longest
    let stride = shortest - Self.group + 1
    var filter = [UInt64](repeating: 0, count: 1 << Int(Self.filterBits - 6))
    var places: [UInt32: [Place]] = [:]
    var beginnings = [[Int]](repeating: [], count: 256)
    var pairs = [UInt64](repeating: 0, count: 1 << 10)
    for (number, needle) in needles.enumerated() {
      unsafe needle.bytes.withUnsafeBytes { bytes in
        for offset in 0..<stride {
          let group = unsafe Self.group(bytes, at: offset)
          for hash in [Self.hash(group), Self.otherHash(group)] {
            filter[hash >> 6] |= 1 << (UInt64(hash) & 63)
          }
          places[group, default: []].append(Place(needle: number, offset: offset))
        }
      }
      for byte in Self.cases(of: needle, at: 0) {
        beginnings[Int(byte)].append(number)
        for next in Self.cases(of: needle, at: 1) {
          pairs[Int(byte) << 2 | Int(next) >> 6] |= 1 << (UInt64(next) & 63)
        }
      }
    }
    self.stride = stride
    self.filter = filter
    self.places = places
    self.beginnings = beginnings
    self.pairs = pairs
    dumps = DumpSearch(secrets.sorted().map { Array($0.utf8) })
  }

  /// Hands over the range of every needle in the text, and its bytes without backslashes; they may lie over each
  /// other.
  func matches(in text: [UInt8], _ take: (Range<Int>, Int) -> Void) {
    unsafe text.withUnsafeBytes { bytes in
      unsafe filter.withUnsafeBufferPointer { filter in
        var place = 0
        while place + Self.group <= bytes.count {
          let group = unsafe Self.group(bytes, at: place)
          let hash = Self.hash(group)
          if unsafe filter[hash >> 6] >> (UInt64(hash) & 63) & 1 != 0,
            unsafe filter[Self.otherHash(group) >> 6] >> (UInt64(Self.otherHash(group)) & 63) & 1
              != 0
          {
            verify(group, at: place, in: text, take)
          }
          place += stride
        }
      }
    }
  }

  private func verify(
    _ group: UInt32, at place: Int, in text: [UInt8], _ take: (Range<Int>, Int) -> Void
  ) {
    for found in places[group] ?? [] {
      let needle = needles[found.needle]
      let range = place - found.offset..<place - found.offset + needle.bytes.count
      guard range.lowerBound >= 0, range.upperBound <= text.count,
        needle.begins(at: range.lowerBound, in: text, count: range.count)
      else { continue }
      take(range, needle.letters)
    }
  }

  /// Where a needle begins that goes on behind `end`, the earliest.
  ///
  /// - Parameter least: How many of its bytes must be there.
  func beginning(before end: Int, in text: [UInt8], least: Int = 1) -> Int? {
    guard end >= least else { return nil }
    for start in max(0, end - longest + 1)...(end - least)
    where mayBegin(at: start, before: end, in: text) {
      let count = end - start
      for number in beginnings[Int(text[start])]
      where needles[number].bytes.count > count
        && needles[number].begins(at: start, in: text, count: count)
      {
        return start
      }
    }
    return nil
  }

  private func mayBegin(at place: Int, before end: Int, in text: [UInt8]) -> Bool {
    guard place + 1 < end else { return true }
    let next = text[place + 1]
    return pairs[Int(text[place]) << 2 | Int(next) >> 6] >> (UInt64(next) & 63) & 1 != 0
  }

  /// Four bytes, with letters of one case; other signs may become the same, which the filter can bear.
  private static func group(_ bytes: UnsafeRawBufferPointer, at place: Int) -> UInt32 {
    unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self) | 0x2020_2020
  }

  private static func hash(_ group: UInt32) -> Int {
    Int((group &* 0x9E37_79B1) >> (32 - filterBits))
  }

  private static func otherHash(_ group: UInt32) -> Int {
    Int((group &* 0x85EB_CA6B) >> (32 - filterBits))
  }

  private static func cases(of needle: Needle, at place: Int) -> [UInt8] {
    let byte = needle.bytes[place]
    return needle.ignoresCase && byte.isLetter ? [byte, byte.uppercased] : [byte]
  }
}
