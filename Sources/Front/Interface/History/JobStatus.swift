import Screen

/// How a job's state is told.
struct JobStatus {
  let symbol: Character
  let role: Role
  /// For a row of the list: `0:12 of ~0:15 1/4`.
  let short: String
  /// A sentence for the preview.
  let sentence: String

  /// - Parameter isCurrent: whether the service still tells how jobs under way stand.
  static func of(_ job: JobItem, now: Double, isCurrent: Bool) -> JobStatus {
    isCurrent || !job.isActive ? JobStatus(job, now: now) : JobStatus(notKnown: job)
  }

  private init(_ job: JobItem, now: Double) {
    let elapsed = Wording.duration((job.finishedAt ?? now) - (job.startedAt ?? job.submittedAt))
    let usual = job.usualSeconds.map { " of ~" + Wording.duration($0) } ?? ""
    let arrived = job.expectedCount > 1 ? " \(job.arrivedCount)/\(job.expectedCount)" : ""
    switch job.state {
    case .queued:
      (symbol, role, short) = ("○", .dim, "waiting")
      sentence = "Waits for its turn."
    case .sending:
      (symbol, role, short) = ("○", .accent, "sending")
      sentence = "Is being sent to the provider."
    case .running:
      (symbol, role, short) = ("●", .accent, elapsed + usual + arrived)
      sentence = "Is being drawn: \(elapsed)\(usual)."
    case .downloading:
      (symbol, role, short) = ("↓", .accent, "saving" + arrived)
      sentence = "Is drawn; the picture is being fetched."
    case .done:
      (symbol, role, short) = ("✓", .success, "done" + arrived)
      sentence = "Done in \(elapsed)."
    case .partlyDone:
      (symbol, role, short) = ("✗", .warning, "partly done" + arrived)
      sentence = "\(job.arrivedCount) of \(job.expectedCount) pictures were made."
    case .failed:
      (symbol, role, short) = ("✗", .error, "failed")
      sentence = "Failed."
    case .cancelled:
      (symbol, role, short) = ("–", .dim, "cancelled")
      sentence = "Was cancelled."
    case .unknown:
      (symbol, role, short) = ("?", .warning, "outcome unknown")
      sentence =
        "No answer came after it was sent. It may have been drawn and paid for; it is not sent again by itself."
    }
  }

  /// The state a job had when the service was lost. It may well have ended since.
  private init(notKnown job: JobItem) {
    role = .dim
    switch job.state {
    case .queued:
      (symbol, short) = ("○", "not known, was waiting")
      sentence = "Not known: it waited for its turn when the service was lost."
    case .sending:
      (symbol, short) = ("○", "not known, was sending")
      sentence = "Not known: it was being sent when the service was lost."
    case .downloading:
      (symbol, short) = ("↓", "not known, was saving")
      sentence = "Not known: its picture was being fetched when the service was lost."
    default:
      (symbol, short) = ("●", "not known, was running")
      sentence = "Not known: it was being drawn when the service was lost."
    }
  }
}
