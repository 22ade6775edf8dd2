import HTTP
import Seedream

/// When something is tried again by itself, and after which pause.
///
/// A request is, only where it surely was not drawn: it did not leave whole, or the provider answered
/// that trying again may help. Never after it may have been received without an answer: there is no
/// idempotency key, and it may have been billed. Pauses grow as 1 s · 2ⁿ and spread by a quarter to each
/// side, so that many jobs do not come back at the same moment. What a provider asks for makes them longer,
/// never shorter.
package struct RetryPolicy: Equatable, Sendable {
  /// In seconds, as are all times here.
  package var firstPause: Double
  package var longestPause: Double
  /// A provider that asks for a longer pause is not waited for.
  package var longestRetryAfter: Double
  /// How often a request is sent at most that is answered with "slow down".
  package var attempts: Int
  /// How often it is tried to reach a provider, or the address of a picture.
  package var attemptsToReach: Int
  /// How long after a failed fetch the next one begins by itself; doubles each time.
  package var firstFetchPause: Double

  package init(
    firstPause: Double = 1, longestPause: Double = 30, longestRetryAfter: Double = 120,
    attempts: Int = 10, attemptsToReach: Int = 4, firstFetchPause: Double = 60
  ) {
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.longestRetryAfter = longestRetryAfter
    self.attempts = attempts
    self.attemptsToReach = attemptsToReach
    self.firstFetchPause = firstFetchPause
  }

  /// A pause before another try, and a sentence that says what it is for.
  struct Pause: Equatable, Sendable {
    var seconds: Double
    var reason: String
  }

  /// The pause before the next attempt; nil where there must be none.
  ///
  /// - Parameters:
  ///   - attempt: How often the request was sent, at least 1.
  ///   - chance: From -1 to 1, evenly spread.
  func pause(after ending: CallEnding, attempt: Int, chance: Double) -> Pause? {
    switch ending {
    case .complete, .cancelled, .interrupted: return nil
    case .notSent(let reason, let isTransient):
      guard isTransient, attempt < attemptsToReach else { return nil }
      return Pause(
        seconds: pause(after: attempt, chance: chance),
        reason: "\(reason) Nothing was sent; try \(attempt + 1) of \(attemptsToReach) follows.")
    case .refused(let refusal):
      guard let most = mostAttempts(refusal), attempt < most.count else { return nil }
      if let asked = refusal.retryAfter, asked > longestRetryAfter { return nil }
      let own = max(pause(after: attempt, chance: chance), most.shortestPause)
      return Pause(
        seconds: max(own, Self.wish(refusal.retryAfter, chance: chance)),
        reason: refusal.error.sentence
          + (refusal.isCertainlyUndrawn ? " Nothing was drawn; try" : " Try")
          + " \(attempt + 1) follows.")
    }
  }

  /// The pause before an address is asked again; nil when it was asked often enough.
  func fetchPause(after attempt: Int, chance: Double, retryAfter: Double?) -> Double? {
    guard attempt < attemptsToReach else { return nil }
    if let retryAfter, retryAfter > longestRetryAfter { return nil }
    return max(
      pause(after: attempt, chance: chance), Self.wish(retryAfter, chance: chance))
  }

  /// What the other side asks to wait, and up to a tenth more: it tells everybody the same.
  private static func wish(_ retryAfter: Double?, chance: Double) -> Double {
    (retryAfter ?? 0) * (1 + (1 + chance) / 20)
  }

  private func pause(after attempt: Int, chance: Double) -> Double {
    var pause = firstPause
    for _ in 1..<max(attempt, 1) where pause < longestPause { pause *= 2 }
    return min(pause, longestPause) * (1 + chance / 4)
  }

  private func mostAttempts(
    _ refusal: CallEnding.Refusal
  ) -> (count: Int, shortestPause: Double)? {
    if refusal.forbidsRetry { return nil }
    switch refusal.retry {
    case .never: return nil
    case .backOff, .fewerAtOnce: return (attempts, 0)
    case .limited(let times): return (min(times + 1, attempts), 0)
    case .once(let seconds): return (2, Double(seconds))
    }
  }
}
