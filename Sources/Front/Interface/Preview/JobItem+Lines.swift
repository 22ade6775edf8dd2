import Screen

extension JobItem {
  /// A line for each picture of a set of which something is known.
  var memberLines: [(text: String, role: Role)] {
    guard expectedCount > 1 || members.count > 1 else { return [] }
    return members.map { member in
      let number = "\(member.index + 1)"
      return switch member.state {
      case .arriving: ("\(number) ↓ on its way", .text)
      case .saved(let id): ("\(number) ✓ \(id)", .success)
      case .missing(let message): ("\(number) ✗ \(message)", .error)
      }
    }
  }

  /// What it cost, or may.
  var priceLine: String? {
    if let cost { return "Cost \(cost)" }
    guard let highestPrice else { return nil }
    if isUnresolved { return "At risk \(highestPrice)" }
    return isActive ? "At most \(highestPrice)" : nil
  }
}
