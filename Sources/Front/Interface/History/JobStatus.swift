import Screen

/// How a job's state is told.
struct JobStatus {
  let symbol: Character
  let role: Role
  /// For a row of the list: `0:12 of ~0:15 1/4`.
  let short: String
  /// A sentence for the preview.
  let sentence: String

  static func of(
    _ job: JobItem, now: Double, in history: History, _ keymap: Keymap
  ) -> JobStatus {
    guard history.isCurrent || !job.isActive else { return JobStatus(notKnown: job) }
    return job.state == .queued
      ? JobStatus(queued: job, now: now, history.queue, keymap) : JobStatus(job, now: now, keymap)
  }

  private init(queued job: JobItem, now: Double, _ queue: QueueItem, _ keymap: Keymap) {
    (symbol, role) = ("○", job.needsKey ? .warning : .dim)
    let number = job.place.map { " #\($0 + 1)" } ?? ""
    if job.needsKey {
      short = "needs a key"
      sentence = "Waits for the key of its provider."
    } else if queue.isPaused {
      short = "waiting" + number
      sentence = "The queue is paused: \(keymap.label(.pauseQueue)) lets it go on."
    } else if queue.trouble != nil {
      short = "waiting" + number
      sentence = "Nothing is sent at present; see below."
    } else if let time = job.waitsUntil {
      short = "again in " + Wording.duration(time - now)
      sentence = "Is sent again in \(Wording.duration(time - now))."
    } else {
      short = "waiting" + number
      sentence =
        switch job.place {
        case nil: "Waits for its turn."
        case 0: "Waits for its turn and is the next."
        case let place?: "Waits for its turn behind \(Wording.counted(place, "job", "jobs"))."
        }
    }
  }

  private init(_ job: JobItem, now: Double, _ keymap: Keymap) {
    let elapsed = Wording.duration((job.finishedAt ?? now) - (job.startedAt ?? job.submittedAt))
    let usual =
      job.usualSeconds.flatMap { $0 < 1 ? nil : " of ~" + Wording.duration($0) } ?? ""
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
    case .failed where job.missesPictures:
      (symbol, role, short) = ("✗", .warning, "drawn, not here" + arrived)
      sentence =
        "Its pictures are drawn and paid for, and are not here: \(keymap.label(.retryJob)) fetches "
        + "them for free."
    case .failed:
      (symbol, role, short) = ("✗", .error, "failed")
      sentence = "Failed."
    case .cancelled:
      (symbol, role, short) = ("–", .dim, "cancelled")
      sentence = "Was cancelled."
    case .unknown:
      (symbol, role, short) = ("?", .warning, "outcome unknown")
      let decide = "\(keymap.label(.decide)) decides what becomes of it."
      sentence =
        job.message == nil
        ? "No answer came after it was sent. It may have been drawn and paid for; it is not sent again by itself. \(decide)"
        : job.arrivedCount >= job.expectedCount
          ? "All of its pictures are here, and the end of the answer is not. \(decide)"
          : job.arrivedCount > 0
            ? "\(job.arrivedCount) of \(job.expectedCount) pictures came, and no end of the answer. \(decide)"
            : "No answer came. \(decide)"
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
