/// Whether the queue moves, and if not, why.
package struct QueueItem: Equatable, Sendable {
  /// A person has paused it.
  package var isPaused: Bool
  /// Why nothing is sent although nobody paused it, a sentence.
  package var trouble: String?

  package init(isPaused: Bool = false, trouble: String? = nil) {
    self.isPaused = isPaused
    self.trouble = trouble
  }
}
