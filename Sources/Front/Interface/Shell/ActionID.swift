/// Names an action for good: `queue.pause`.
struct ActionID: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
  let rawValue: String

  init(rawValue: String) { self.rawValue = rawValue }
  init(stringLiteral value: String) { rawValue = value }
}
