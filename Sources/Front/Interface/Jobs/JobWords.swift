import Jobs
import Screen
import Seedream

/// How a job's state is told.
struct JobWords {
  let symbol: Character
  let role: Role
  /// For a row of the list: `0:12 of ~0:15 1/4`.
  let short: String
  /// A sentence for the preview.
  let sentence: String

  private init(_ symbol: Character, _ role: Role, _ short: String, _ sentence: String) {
    self.symbol = symbol
    self.role = role
    self.short = short
    self.sentence = sentence
  }

  /// - Parameter now: Seconds since 1970.
  static func of(
    _ job: JobStatus, now: Double, in picturesPane: PicturesPane, _ keymap: Keymap
  ) -> JobWords {
    guard picturesPane.isCurrent || job.state.isFinal else { return notKnown(job.state) }
    let elapsed = Wording.duration((job.finished ?? now) - (job.sent ?? job.submitted))
    let usual = job.usualSeconds.flatMap { $0 < 1 ? nil : " of ~" + Wording.duration($0) } ?? ""
    let (arrived, expected) = (job.pictures.count, job.request.count)
    let share = expected > 1 ? " \(arrived)/\(expected)" : ""
    return switch job.state {
    case .queued(let queued): waiting(queued, now: now, picturesPane.queue, keymap)
    case .sending: JobWords("○", .accent, "sending", "Is being sent to the provider.")
    case .running:
      JobWords("●", .accent, elapsed + usual + share, "Is being drawn: \(elapsed)\(usual).")
    case .downloading:
      JobWords("↓", .accent, "saving" + share, "Is drawn; the picture is being fetched.")
    case .done: JobWords("✓", .success, "done" + share, "Done in \(elapsed).")
    case .partlyDone:
      JobWords(
        "✗", .warning, "partly done" + share, "\(arrived) of \(expected) pictures were made.")
    case .failed where job.missesPictures:
      JobWords(
        "✗", .warning, job.shownState + share,
        "Its pictures are drawn and paid for, and are not here: \(keymap.label(.retryJob)) fetches "
          + "them for free.")
    case .failed: JobWords("✗", .error, "failed", "Failed.")
    case .cancelled: JobWords("–", .dim, "cancelled", "Was cancelled.")
    case .unknown: JobWords("?", .warning, "outcome unknown", unknown(job, keymap))
    }
  }

  /// What became of a job that does not wait any more.
  static func fate(of job: JobStatus?) -> String {
    switch job?.state {
    case .cancelled: "was cancelled meanwhile"
    case .failed: "failed meanwhile"
    case nil, .queued, .sending, .running, .downloading, .done, .partlyDone, .unknown:
      "was sent meanwhile"
    }
  }

  private static func waiting(
    _ queued: QueuedState, now: Double, _ queue: QueueStatus, _ keymap: Keymap
  ) -> JobWords {
    let short = "waiting" + (queued.place.map { " #\($0 + 1)" } ?? "")
    if queued.waitsFor == .key {
      return JobWords("○", .warning, "needs a key", "Waits for the key of its provider.")
    }
    if queue.isPaused {
      return JobWords(
        "○", .dim, short, "The queue is paused: \(keymap.label(.pauseQueue)) lets it go on.")
    }
    if queue.trouble != nil {
      return JobWords("○", .dim, short, "Nothing is sent at present; see below.")
    }
    if case .time(let time) = queued.waitsFor {
      let rest = Wording.duration(time - now)
      return JobWords("○", .dim, "again in \(rest)", "Is sent again in \(rest).")
    }
    let sentence =
      switch queued.place {
      case nil: "Waits for its turn."
      case 0: "Waits for its turn and is the next."
      case let place?: "Waits for its turn behind \(Wording.counted(place, "job", "jobs"))."
      }
    return JobWords("○", .dim, short, sentence)
  }

  private static func unknown(_ job: JobStatus, _ keymap: Keymap) -> String {
    let (arrived, expected) = (job.pictures.count, job.request.count)
    let known =
      job.note == nil
      ? "No answer came after it was sent. It may have been drawn and paid for; it is not sent again by itself."
      : arrived >= expected
        ? "All of its pictures are here, and the end of the answer is not."
        : arrived > 0
          ? "\(arrived) of \(expected) pictures came, and no end of the answer."
          : job.rawReply == nil
            ? "No answer came." : "What came of its answer is kept; no picture is here."
    return "\(known) \(keymap.label(.decide)) decides what becomes of it."
  }

  /// The state a job had when the service was lost. It may well have ended since.
  private static func notKnown(_ state: JobState) -> JobWords {
    let lost = "when the service was lost."
    return switch state {
    case .queued:
      JobWords(
        "○", .dim, "not known, was waiting", "Not known: it waited for its turn \(lost)")
    case .sending:
      JobWords("○", .dim, "not known, was sending", "Not known: it was being sent \(lost)")
    case .downloading:
      JobWords(
        "↓", .dim, "not known, was saving", "Not known: its picture was being fetched \(lost)")
    case .running, .done, .partlyDone, .failed, .cancelled, .unknown:
      JobWords("●", .dim, "not known, was running", "Not known: it was being drawn \(lost)")
    }
  }
}

extension JobStatus {
  /// Why it failed, or what is odd about it, in one sentence.
  var note: String? { message ?? notices.last }

  /// The most it may cost, or may have cost; nil where no price is known.
  var highestPrice: Price? { state.isUnresolved ? atRisk : reserved }

  /// What was asked for, and of whom.
  var draft: Draft { Draft(provider: provider, request: request) }
}

extension JobGroup {
  /// For a row of the list, `2/4`.
  var mark: String { "\(place + 1)/\(size)" }
}
