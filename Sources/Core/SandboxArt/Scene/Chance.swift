/// Repeatable random numbers: the same seed and purpose give the same picture on every machine.
package struct Chance {
  private var state: UInt64

  /// - Parameter purpose: Each layer draws from a stream of its own, so that a change of one does
  ///   not move the others.
  init(_ seed: UInt64, _ purpose: String) {
    state = seed ^ Self.hash(purpose)
  }

  /// FNV-1a, 64 bits: unlike `Hasher` the same in every process.
  package static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// SplitMix64, by Sebastiano Vigna.
  private mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// At least `low`, less than `high`.
  mutating func between(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * Double(bits() >> 11) / Double(1 << 53)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(bits() % UInt64(range.count))
  }

  mutating func happens(_ probability: Double) -> Bool { between(0, 1) < probability }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[whole(0...choices.count - 1)]
  }
}
