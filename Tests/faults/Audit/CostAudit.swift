import FoundationEssentials
import Posix

/// Holds what `darkroom cost` counts against what the provider says it drew.
///
/// What was sent and never answered may have been drawn: that counts apart, as at risk. So what is spent is
/// never more than what was drawn, and with what is at risk never less. Where the provider's word has reached
/// the program in every case, the two are equal to it.
struct CostAudit {
  /// A sentence where they differ.
  private(set) var faults: [String] = []

  private struct Document: Decodable {
    var rows: [Row]
  }

  private struct Row: Decodable {
    var spent: [String: Int]
    var atRisk: [String: Int]
    var reserved: [String: Int]

    enum CodingKeys: String, CodingKey {
      case spent, reserved
      case atRisk = "at_risk"
    }
  }

  /// - Parameter isTold: The provider's word reached the program for every request.
  init(_ home: Home, _ relay: Relay, isTold: Bool) throws {
    let text = try home.run(["cost", "--json"]).output
    let rows = try JSONDecoder().decode(Document.self, from: Data(text.utf8)).rows
    func sum(_ amounts: (Row) -> [String: Int]) -> Int {
      rows.reduce(0) { $0 + (amounts($1)["pictures"] ?? 0) }
    }
    let (spent, atRisk, reserved) = (sum(\.spent), sum(\.atRisk), sum(\.reserved))
    guard let drawn = Self.drawn(relay) else {
      faults = ["the provider did not come to its end"]
      return
    }
    if reserved > 0 { faults.append("\(reserved) pictures are reserved, and all is over") }
    let sums =
      "the cost counts \(spent) pictures and \(atRisk) at risk, and the provider drew \(drawn)"
    if spent > drawn || spent + atRisk < drawn || isTold && spent + atRisk != drawn {
      faults.append(sums)
    }
  }

  /// What the provider says it drew, when it has come to its end; nil where it does not.
  private static func drawn(_ relay: Relay) -> Int? {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      let counts = relay.orders.map(\.generated)
      if counts.allSatisfy({ $0 != nil }) { return counts.reduce(0) { $0 + ($1 ?? 0) } }
      guard ContinuousClock.now < deadline else { return nil }
      _ = try? Poll.wait(for: [], timeout: .milliseconds(20))
    }
  }
}
