import Seedream

/// What was handed to the service, so that nobody pays twice for one request by accident.
struct PendingSends: Equatable, Sendable {
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
  /// The draft that came back when a job's request was changed: the key that meant the job may be pressed
  /// once too often.
  var returned: Order?
  /// Models that have ended where they go, and are sent to all the same, by provider.
  var agreedEnds: Set<String> = []
  /// Ended jobs that were sent once more.
  var retried: Set<String> = []
  /// Jobs whose missing pictures were asked for here.
  var refetched: Set<String> = []
  /// What a send waited for, as it was said.
  var waitingNote: String?

  /// Takes an order; the answer will name its ticket.
  mutating func send(_ order: Order) -> AppEffect {
    defer { nextTicket += 1 }
    unanswered[nextTicket] = order
    return .send(ticket: nextTicket, order.request, provider: order.provider)
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

  /// Whether an order goes that may not be meant: what was sent a moment ago, what goes to a model that has ended, what
  /// has just come back.
  ///
  /// - Parameters:
  ///   - cost: what it costs, in words.
  ///   - end: a model that has ended where it goes, and what is told of that.
  ///   - waiting: the jobs that are queued or being sent.
  mutating func mayGo(
    _ order: Order, cost: String, end: (model: String, told: String)?, waiting: Set<String>,
    _ press: inout Press
  ) -> Bool {
    let key = press.keymap.label(.send)
    let isFresh = isFresh(order, at: press.time, waiting: waiting)
    let name = end.map { "\(order.provider) \($0.model)" }
    let end = name.map(agreedEnds.contains) == true ? nil : end
    let isBack = returned == order
    let again = "Press \(key) again to send the same request once more."
    let sentence =
      isFresh
      ? again
      : end.map { "Press \(key) again to send it, \(cost): \($0.told)" }
        ?? (isBack
          ? "This is your draft again: press \(key) once more to send it, \(cost)." : again)
    guard
      press.confirms(
        .send(order), asking: sentence, isNeeded: isFresh || end != nil || isBack)
    else { return false }
    returned = nil
    if end != nil, let name { agreedEnds.insert(name) }
    return true
  }

  /// Whether the same order was accepted a moment ago, or has not reached the provider yet.
  private mutating func isFresh(_ order: Order, at time: Double, waiting: Set<String>) -> Bool {
    accepted.removeAll { time - $0.time >= Self.moment && !waiting.contains($0.jobID) }
    return accepted.contains { $0.order == order }
  }
}
