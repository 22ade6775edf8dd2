import Posix
import Seedream
import Synchronization

/// The allowances of all models and accounts, across all jobs of a service.
final class RateLimiter: Sendable {
  /// A request that was let through, to be settled when it is over.
  struct Admission: Sendable {
    fileprivate var allowance: String
    fileprivate var number: Int
    fileprivate var time: Double
  }

  enum Answer: Sendable {
    case admitted(Admission)
    /// Ask again after so many seconds.
    case wait(Double)
  }

  private struct State {
    var allowances: [String: ImageAllowance] = [:]
    var count = 0
  }

  private let state = Mutex(State())
  private let perMinute: Int?

  /// - Parameter perMinute: Pictures of any model for one account; nil leaves it to each model.
  init(perMinute: Int? = nil) {
    self.perMinute = perMinute
  }

  /// - Parameter perMinute: Pictures of the model for one account; nil takes the vendor's usual 500.
  func admit(_ pictures: Int, to allowance: String, perMinute: Int? = nil) -> Answer {
    state.withLock { state in
      state.count += 1
      let number = state.count
      let now = Self.now
      let wait = state.allowances[
        allowance, default: ImageAllowance(perMinute: self.perMinute ?? perMinute ?? 500)
      ]
      .admit(pictures, number: number, at: now)
      return wait.map { .wait($0) }
        ?? .admitted(Admission(allowance: allowance, number: number, time: now))
    }
  }

  /// Takes in how the request ended; nothing for one that needed no admission.
  ///
  /// - Parameter drawn: How many pictures a complete reply has, where the rest is given back.
  func settle(_ admission: Admission?, _ ending: CallEnding, drawn: Int? = nil) {
    guard let admission else { return }
    state.withLock { state in
      guard var allowance = state.allowances[admission.allowance] else { return }
      defer { state.allowances[admission.allowance] = allowance }
      if case .complete = ending, let drawn {
        allowance.giveBack(allBut: drawn, of: admission.number)
      }
      guard case .refused(let refusal) = ending else {
        return allowance.settle(admission.number, drewNothing: ending.isCertainlyUndrawn)
      }
      allowance.settle(admission.number, drewNothing: (refusal.error.status ?? 200) >= 400)
      guard refusal.error.status == 429 else { return }
      switch refusal.error.retry {
      case .fewerAtOnce: allowance.narrowInFlight(at: Self.now, admitted: admission.time)
      case .backOff: allowance.narrow(at: Self.now, admitted: admission.time)
      default: break
      }
    }
  }

  private static var now: Double { Double(SystemClock.monotonicMilliseconds) / 1000 }
}

extension CallEnding {
  /// Whether no picture can have been drawn.
  fileprivate var isCertainlyUndrawn: Bool {
    switch self {
    case .notSent, .cancelled(mayBeBilled: false): true
    default: false
    }
  }
}
