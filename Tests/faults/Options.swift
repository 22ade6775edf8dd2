/// What the command line asks for.
struct Options {
  /// Only these; all if empty.
  var kinds: [RoundKind] = []
  /// How many rounds of each kind; nil for the numbers of the form.
  var rounds: Int?
  var seed: UInt64 = .random(in: 0..<1_000_000)
  var isShort = false
  /// The program to be tested; nil for the one built beside this.
  var program: String?
  /// How many rounds are played at a time.
  var players = 2

  static let usage = """
    faults [--short] [--kind KIND]… [--rounds N] [--seed N] [--program PATH] [--players N]
    kinds: \(RoundKind.allCases.map(\.rawValue).joined(separator: " "))
    """

  /// Nil for what cannot be understood.
  init?(_ words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--short" {
        isShort = true
        continue
      }
      guard let value = rest.popFirst() else { return nil }
      switch word {
      case "--kind":
        guard let kind = RoundKind(rawValue: value) else { return nil }
        kinds.append(kind)
      case "--rounds":
        guard let number = Int(value), number > 0 else { return nil }
        rounds = number
      case "--seed":
        guard let number = UInt64(value) else { return nil }
        seed = number
      case "--players":
        guard let number = Int(value), number > 0 else { return nil }
        players = number
      case "--program": program = value
      default: return nil
      }
    }
  }

  /// How many rounds of a kind are to be played.
  func number(of kind: RoundKind) -> Int {
    guard kinds.isEmpty || kinds.contains(kind) else { return 0 }
    return rounds ?? (isShort ? kind.roundsInShort : kind.rounds)
  }
}
