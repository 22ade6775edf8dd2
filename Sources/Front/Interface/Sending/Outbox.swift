import Seedream

/// What was handed to the service, so that nobody pays twice for one request by accident.
struct Outbox: Equatable, Sendable {
  /// A request and the provider it goes to.
  struct Order: Equatable, Sendable {
    let request: GenerationRequest
    let provider: String
  }

  private struct Accepted: Equatable, Sendable {
    let order: Order
    let jobID: String
    /// Seconds on the clock of `AppState.reduce`.
    let time: Double
  }

  /// Seconds after its acceptance in which the same request is more likely a slip than a wish.
  private static let moment = Confirmation.pause

  private var nextTicket = 1
  private var unanswered: [Int: Order] = [:]
  private var accepted: [Accepted] = []

  /// - Returns: the ticket the answer will name.
  mutating func take(_ order: Order) -> Int {
    defer { nextTicket += 1 }
    unanswered[nextTicket] = order
    return nextTicket
  }

  mutating func accepted(_ ticket: Int, jobID: String, at time: Double) {
    guard let order = unanswered.removeValue(forKey: ticket) else { return }
    accepted.append(Accepted(order: order, jobID: jobID, time: time))
  }

  mutating func refused(_ ticket: Int) {
    unanswered[ticket] = nil
  }

  /// Whether the same order is on its way and neither accepted nor refused.
  func isUnanswered(_ order: Order) -> Bool {
    unanswered.values.contains(order)
  }

  /// Whether the same order was accepted a moment ago, or has not reached the provider yet.
  ///
  /// - Parameter waiting: the jobs that are queued or being sent.
  mutating func isFresh(_ order: Order, at time: Double, waiting: Set<String>) -> Bool {
    accepted.removeAll { time - $0.time >= Self.moment && !waiting.contains($0.jobID) }
    return accepted.contains { $0.order == order }
  }
}
