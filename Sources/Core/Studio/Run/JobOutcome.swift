import Gallery
import Jobs
import Seedream

/// How a job ended: a state and a sentence for a user.
struct JobOutcome: Equatable, Sendable {
  var state: JobState
  var message: String?
  /// The provider's own words, where they are why.
  var error: APIError?
  /// Whether more may be billed than has arrived.
  var isAtRisk = false
  /// How many pictures the provider says it generated, where they are not all here.
  var generated: Int?

  /// Whether it is known what was drawn.
  var tellsTheEnd: Bool {
    switch state {
    case .done, .partlyDone, .failed: !isAtRisk
    case .queued, .sending, .running, .downloading, .cancelled, .unknown: false
    }
  }

  /// Judges by how the call ended and what became of the pictures it named.
  ///
  /// - Parameters:
  ///   - asked: How many pictures the request was for, at most.
  ///   - isPaid: Whether somebody is paid for them.
  static func of(
    _ ending: CallEnding, members: [JobStatus.Member], asked: Int, facts: ReplyFacts? = nil,
    isPaid: Bool = true
  ) -> JobOutcome {
    let saved = members.savedCount
    if case .complete = ending, facts?.hasRawReply == true {
      return JobOutcome(state: .unknown(.open), message: unread(members))
    }
    switch ending {
    case .complete:
      return JobOutcome(
        state: state(of: members, saved: saved),
        message: members.firstTrouble ?? (saved == 0 ? "The provider drew nothing." : nil))
    case .refused(let refusal):
      return JobOutcome(
        state: saved == 0 ? .failed : .partlyDone, message: refusal.sentence, error: refusal.error)
    case .notSent(let reason, _):
      return JobOutcome(state: .failed, message: "Nothing was sent: \(reason)")
    case .cancelled(let mayBeBilled):
      return JobOutcome(
        state: .cancelled, message: cancelled(mayBeBilled: mayBeBilled, isPaid: isPaid),
        isAtRisk: mayBeBilled)
    case .interrupted(let reason):
      return JobOutcome(
        state: .unknown(.open),
        message: interrupted(reason, saved: saved, asked: asked, isPaid: isPaid),
        isAtRisk: true,
        generated: facts?.usage?.generatedImages)
    }
  }

  /// Of a reply that came to its end and had a picture in it which is none.
  static func unread(_ members: [JobStatus.Member]) -> String {
    (members.firstTrouble ?? "A picture could not be read.")
      + " What the provider answered is kept."
  }

  /// What the pictures alone say, when the reply came to its end.
  static func state(of members: [JobStatus.Member], saved: Int) -> JobState {
    if saved == 0 { return .failed }
    return members.firstTrouble == nil ? .done : .partlyDone
  }

  static func cancelled(mayBeBilled: Bool, isPaid: Bool) -> String {
    guard mayBeBilled else { return "Cancelled before anything was drawn." }
    return isPaid
      ? "Cancelled after the request had left: the provider may still draw and bill it."
      : "Cancelled while it was drawn; nothing is paid for it."
  }

  private static func interrupted(
    _ reason: String, saved: Int, asked: Int, isPaid: Bool
  ) -> String {
    let stop = reason.hasSuffix(".") ? "" : "."
    let arrived = saved == 0 ? "" : " \(saved) of \(asked) pictures arrived."
    let sentence = reason.prefix(1).uppercased() + reason.dropFirst()
    let risk =
      isPaid ? "may have been drawn and billed" : "may have been drawn; nothing is paid for it"
    return
      "Interrupted: \(sentence)\(stop)\(arrived) The request \(risk); it is not sent again by itself."
  }
}

extension [JobStatus.Member] {
  var savedCount: Int {
    count { if case .saved = $0.outcome { true } else { false } }
  }

  /// Why the first picture that is missing is missing.
  var firstTrouble: String? {
    for member in self {
      switch member.outcome {
      case .arriving, .saved: continue
      case .refused(_, let message, _): return "Picture \(member.index + 1): \(message)"
      case .lost(let message, _): return message
      }
    }
    return nil
  }
}

extension JobStatus {
  var firstTrouble: String? { members.firstTrouble }
}
