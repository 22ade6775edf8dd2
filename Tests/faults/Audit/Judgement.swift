/// What a round came to: two pairs of numbers, and what else was wrong.
struct Judgement: Sendable {
  /// Pictures whose address or bytes had arrived.
  var arrived = 0
  /// Those of them that lie in the gallery, with a record that is true.
  var kept = 0
  /// How often a user asked for a request to be sent.
  var sends = 0
  /// Of those, how often the user was told that it was not sent, or that nobody knows, and it was not.
  var unsent = 0
  /// Requests that the provider took.
  var requests = 0
  /// Requests that the provider turned away at once, which cost nothing.
  var refused = 0
  /// A sentence each.
  var faults: [String] = []

  static func + (one: Judgement, other: Judgement) -> Judgement {
    Judgement(
      arrived: one.arrived + other.arrived, kept: one.kept + other.kept,
      sends: one.sends + other.sends, unsent: one.unsent + other.unsent,
      requests: one.requests + other.requests, refused: one.refused + other.refused,
      faults: one.faults + other.faults)
  }
}
