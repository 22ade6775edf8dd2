/// Finds many needles in one pass that looks at every n-th byte only, n being the length of the shortest:
/// Wu and Manber, "A fast algorithm for multi-pattern searching" (1994), with groups of three bytes.
struct NeedleSearch: Sendable {
  private static let group = 3
  private static let slots = 1 << 14

  let longest: Int
  private let needles: [Needle]
  /// The length of the shortest needle.
  private let window: Int
  /// By how much the window may move on when a group ends it; zero where some needle may be there.
  private let shifts: [UInt8]
  /// The needles whose first `window` bytes end with a group of this slot.
  private let candidates: [Int: [Int]]
  /// The needles that begin with a byte.
  private let beginnings: [[Int]]

  /// Nil for no needles.
  init?(_ needles: [Needle]) {
    guard let shortest = needles.map(\.bytes.count).min(),
      let longest = needles.map(\.bytes.count).max()
    else { return nil }
    self.needles = needles
    self.longest = longest
    window = min(shortest, 255)
    let farthest = window - Self.group + 1
    var shifts = [UInt8](repeating: UInt8(farthest), count: Self.slots)
    var candidates: [Int: [Int]] = [:]
    var beginnings = [[Int]](repeating: [], count: 256)
    for (number, needle) in needles.enumerated() {
      for start in 0..<farthest {
        let shift = farthest - 1 - start
        for slot in Self.slots(of: needle, at: start) {
          shifts[slot] = min(shifts[slot], UInt8(shift))
          if shift == 0, candidates[slot]?.last != number {
            candidates[slot, default: []].append(number)
          }
        }
      }
      for byte in Self.cases(of: needle, at: 0) { beginnings[Int(byte)].append(number) }
    }
    self.shifts = shifts
    self.candidates = candidates
    self.beginnings = beginnings
  }

  /// Hands over the range of every needle in the text; they may lie over each other.
  func matches(in text: [UInt8], _ take: (Range<Int>) -> Void) {
    var end = window - 1
    while end < text.count {
      let slot = Self.slot(text[end - 2], text[end - 1], text[end])
      let shift = Int(shifts[slot])
      guard shift == 0 else {
        end += shift
        continue
      }
      let start = end - window + 1
      for number in candidates[slot] ?? [] {
        let count = needles[number].bytes.count
        if start + count <= text.count, needles[number].begins(at: start, in: text, count: count) {
          take(start..<start + count)
        }
      }
      end += 1
    }
  }

  /// Where a needle begins that goes on behind `end`, the earliest.
  ///
  /// - Parameter least: How many of its bytes must be there.
  func beginning(before end: Int, in text: [UInt8], least: Int = 1) -> Int? {
    guard end >= least else { return nil }
    for start in max(0, end - longest + 1)...(end - least) {
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

  private static func slot(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    (Int(first) << 8 ^ Int(second) << 4 ^ Int(third)) & (slots - 1)
  }

  private static func slots(of needle: Needle, at start: Int) -> [Int] {
    cases(of: needle, at: start).flatMap { first in
      cases(of: needle, at: start + 1).flatMap { second in
        cases(of: needle, at: start + 2).map { slot(first, second, $0) }
      }
    }
  }

  private static func cases(of needle: Needle, at place: Int) -> [UInt8] {
    let byte = needle.bytes[place]
    return needle.ignoresCase && byte.isLetter ? [byte, byte.uppercased] : [byte]
  }
}
