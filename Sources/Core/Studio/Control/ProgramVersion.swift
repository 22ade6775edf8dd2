/// A version of a program, ordered as Semantic Versioning 2.0.0 section 11 says.
package struct ProgramVersion: Comparable, Sendable {
  private let numbers: [Int]
  /// The parts of `-rc.1`; none in a release.
  private let early: [String]

  /// Nil where the text is not `1.2.3`, with an early `-rc.1` or a build `+abc` behind it or without.
  package init?(_ text: String) {
    let version = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)[0]
    let halves = version.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = halves[0].split(separator: ".", omittingEmptySubsequences: false).map(Self.number)
    guard numbers.count == 3, numbers.allSatisfy({ $0 != nil }) else { return nil }
    self.numbers = numbers.compactMap(\.self)
    early =
      halves.count == 2
      ? halves[1].split(separator: ".", omittingEmptySubsequences: false).map(String.init) : []
    if early.contains("") { return nil }
  }

  package static func < (left: Self, right: Self) -> Bool {
    for (one, other) in zip(left.numbers, right.numbers) where one != other { return one < other }
    // A release comes after everything that led to it.
    if left.early.isEmpty || right.early.isEmpty {
      return !left.early.isEmpty && right.early.isEmpty
    }
    for (one, other) in zip(left.early, right.early) where one != other {
      switch (number(one[...]), number(other[...])) {
      case (let one?, let other?): return one < other
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return one < other
      }
    }
    return left.early.count < right.early.count
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
