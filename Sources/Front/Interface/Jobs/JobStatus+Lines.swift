import Jobs
import Screen
import Seedream

extension JobStatus {
  /// A line for each picture of a set of which something is known.
  var memberLines: [(text: String, role: Role)] {
    guard request.count > 1 || members.count > 1 else { return [] }
    return members.map { member in
      let number = "\(member.index + 1)"
      return switch member.outcome {
      case .arriving: ("\(number) ↓ on its way", .text)
      case .saved(let picture): ("\(number) ✓ \(picture.id)", .success)
      case .refused(_, let message, _), .lost(let message, _): ("\(number) ✗ \(message)", .error)
      }
    }
  }

  /// What it cost, or may.
  var priceLine: String? {
    if let cost { return "Cost \(cost.shown)" }
    guard let highestPrice else { return nil }
    if state.isUnresolved { return "At risk \(highestPrice.shown)" }
    return state.isFinal ? nil : "At most \(highestPrice.shown)"
  }
}

extension JobGroup {
  /// A sentence for the preview.
  var sentence: String { "\(place + 1) of \(size) that were asked for together as \(id)." }
}
