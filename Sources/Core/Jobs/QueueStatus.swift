/// Whether the queue moves, and if not, why.
package struct QueueStatus: Codable, Equatable, Sendable {
  /// A user has paused it; holds until resumed, across restarts of the service too.
  package var isPaused: Bool
  /// Why nothing is started although nobody paused it, a sentence: the disk is full, the gallery gone.
  package var trouble: String?
  /// What of the journal could not be read when the service began, a sentence each; nil for nothing.
  package var faults: [String]?

  package init(isPaused: Bool = false, trouble: String? = nil) {
    self.isPaused = isPaused
    self.trouble = trouble
  }

  /// Whether nothing is sent to a provider; what is under way goes on.
  package var isHeld: Bool { isPaused || trouble != nil }
}
