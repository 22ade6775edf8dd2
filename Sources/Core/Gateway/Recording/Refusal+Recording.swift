import Jobs
import Seedream

extension Refusal {
  static let outcomeUnknown = "OutcomeUnknown"
  static let notDrawn = "NotDrawn"
  static let notSaved = "PictureNotSaved"
  static let wasCancelled = "JobCancelled"

  /// Why a request became no job.
  init(_ error: RecordingError) {
    switch error.code {
    case .refused(let problems) where !problems.isEmpty:
      self.init(
        problems.map { .wrongValue([$0.field.rawValue], $0.message, legal: $0.suggestions) })
    case .refused:
      self.init(
        status: 400, code: "InvalidParameter", message: error.message, type: "BadRequest")
    case .overBudget:
      // Not 429, which asks to come back in a moment: libraries do so by themselves, and the budget is a day's.
      self.init(
        status: 402, code: "BudgetExceeded", message: error.message, type: "PaymentRequired")
    case .notTaken:
      self.init(
        status: 503, code: "ServiceUnavailable", message: error.message,
        type: "InternalServerError", outcome: .notGenerated)
    case .unclear:
      self.init(
        status: 502, code: Self.outcomeUnknown, message: error.message,
        type: "InternalServerError", outcome: .unknown)
    }
  }

  /// Why a job has no picture; nil for one that has, and for a stream whose members say it themselves.
  init?(_ jobs: RecordedSet, isStream: Bool) {
    let members = jobs.settled
    guard let ending = jobs.ending, !members.contains(where: \.isSaved) else { return nil }
    switch ending {
    case .refused(let error):
      // The service has judged it, and has tried as often as makes sense.
      self.init(error, .rejected)
    case .notDrawn(let message):
      self.init(
        status: 502, code: "BadGateway", message: message, type: "InternalServerError",
        outcome: .notGenerated)
    case .cancelled(let message, let mayBeBilled):
      self = .cancelled
      self.message = message
      if mayBeBilled { outcome = .unknown }
    case .unknown(let message):
      self.init(
        status: 502, code: Self.outcomeUnknown, message: message, type: "InternalServerError",
        outcome: .unknown)
    case .over:
      guard !isStream, let first = members.first else { return nil }
      self.init(first)
    }
    requestID = requestID ?? jobs.requestID
  }

  /// Why a picture that stands alone did not come.
  private init?(_ member: JobStatus.Member) {
    switch member.outcome {
    case .arriving, .saved: return nil
    case .refused(let code, let message, let requestID):
      self.init(
        APIError(code: code, message: member.said ?? message, requestID: requestID), .rejected)
    case .lost(let message, _):
      self.init(
        status: 502, code: Self.notSaved, message: message, type: "InternalServerError",
        outcome: .unknown)
    }
  }

  /// For the description.
  static let overBudget = Refusal(
    RecordingError(.overBudget, "The budget of 1 USD a day has no room."))
  /// Not 409, at which libraries send again what a user has just called off.
  static let cancelled = Refusal(
    status: 410, code: wasCancelled, message: "Cancelled before anything was drawn.", type: "Gone")

  /// Nothing more can be heard of a job.
  static func lineBroken(_ job: String) -> Refusal {
    Refusal(
      status: 502, code: outcomeUnknown,
      message:
        "The line to the gallery's service broke. The job \(job) may have been drawn and billed: its "
        + "pictures are in the gallery, or 'darkroom jobs' tells what became of it.",
      type: "InternalServerError", outcome: .unknown)
  }
}

extension JobStatus.Member {
  fileprivate var isSaved: Bool {
    if case .saved = outcome { true } else { false }
  }
}
