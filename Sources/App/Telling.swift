import Synchronization

/// What a user is told of the way to the service, in a sentence.
package enum Telling: Sendable {
  /// What is waited for.
  case wait(String)
  /// That the service's requests go another way than this process's would.
  case network(String)
}

/// What was said already, and need not be said again.
package final class Said: Sendable {
  private let sentences = Mutex<Set<String>>([])

  package init() {}

  /// Whether a sentence is said for the first time; from now on it is not.
  package func isNew(_ sentence: String) -> Bool {
    sentences.withLock { $0.insert(sentence).inserted }
  }
}
