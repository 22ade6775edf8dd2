import FoundationEssentials

/// Holds what `darkroom cost` counts against what the provider says it drew.
struct CostAudit {
  /// A sentence where they differ.
  private(set) var faults: [String] = []

  private struct Row: Decodable {
    var spent: [String: Int64]?
    var atRisk: [String: Int64]?

    enum CodingKeys: String, CodingKey {
      case spent
      case atRisk = "at_risk"
    }
  }

  init(_ home: Home, _ relay: Relay) throws {
    let lines = try home.run(["cost", "--json"]).output.split(separator: "\n")
    let rows = lines.compactMap { try? JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
    let counted = rows.reduce(0) { sum, row in
      sum + Int(row.spent?["pictures"] ?? 0) + Int(row.atRisk?["pictures"] ?? 0)
    }
    let drawn = relay.orders.filter { !$0.wasRefused }
      .reduce(0) { $0 + ($1.odd?.generated ?? Self.generated(in: $1.passed)) }
    if counted != drawn {
      faults = ["the cost counts \(counted) pictures, and the provider drew \(drawn)"]
    }
  }

  /// The number in an answer of the vendor's form.
  private static func generated(in passed: [UInt8]) -> Int {
    let text = String(decoding: passed, as: UTF8.self)
    guard let mark = text.ranges(of: "\"generated_images\":").last else { return 0 }
    return Int(text[mark.upperBound...].prefix { $0.isNumber }) ?? 0
  }
}
