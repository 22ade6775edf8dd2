/// What all rounds came to, one row a kind.
struct Table {
  private static let columns = [
    "rounds", "arrived", "kept", "sends", "unsent", "requests", "refused", "faults",
  ]

  private(set) var rows: [RoundKind: (rounds: Int, sum: Judgement)] = [:]
  private var skipped: [RoundKind: String] = [:]

  mutating func add(_ judgement: Judgement, of kind: RoundKind) {
    let row = rows[kind] ?? (0, Judgement())
    rows[kind] = (row.rounds + 1, row.sum + judgement)
  }

  mutating func skip(_ kind: RoundKind, because reason: String) { skipped[kind] = reason }

  var isClean: Bool { rows.values.allSatisfy { $0.sum.faults.isEmpty } }

  var text: String {
    var lines = [Self.line("", Self.columns)]
    for kind in RoundKind.allCases {
      if let row = rows[kind] { lines.append(Self.line(kind.title, Self.numbers(row))) }
      if let reason = skipped[kind] { lines.append("\(kind.title): skipped, \(reason)") }
    }
    let total = rows.values.reduce((0, Judgement())) { ($0.0 + $1.rounds, $0.1 + $1.sum) }
    lines.append(Self.line("all", Self.numbers(total)))
    return lines.joined(separator: "\n")
  }

  private static func numbers(_ row: (rounds: Int, sum: Judgement)) -> [String] {
    let sum = row.sum
    return [
      row.rounds, sum.arrived, sum.kept, sum.sends, sum.unsent, sum.requests, sum.refused,
      sum.faults.count,
    ].map(String.init)
  }

  private static func line(_ title: String, _ cells: [String]) -> String {
    let name = title + String(repeating: " ", count: max(0, 34 - title.count))
    return name
      + cells.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }.joined()
  }
}
