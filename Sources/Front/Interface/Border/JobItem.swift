/// One job of the service as the screen shows it.
package struct JobItem: Equatable, Sendable, Identifiable {
  /// Where a job stands; the service decides, the screen only shows.
  package enum State: String, Equatable, Sendable, CaseIterable {
    case queued
    case sending
    case running
    case downloading
    case done
    case partlyDone
    case failed
    case cancelled
    /// Sent, but no answer came: it may have been drawn and paid for.
    case unknown
  }

  /// The short name, `k7f2`.
  package let id: String
  package var state: State
  package var prompt: String
  package var modelName: String
  package var expectedCount: Int
  package var arrivedCount: Int
  /// Seconds on the clock of `AppAction.ticked`.
  package var submittedAt: Double
  /// Seconds on the clock of `AppAction.ticked`; nil until the run began.
  package var startedAt: Double?
  /// Seconds on the clock of `AppAction.ticked`; nil until the job ended.
  package var finishedAt: Double?
  /// Seconds such a job usually takes, where known.
  package var usualSeconds: Double?
  /// Ids of the pictures that arrived, `k7f2-1`.
  package var pictures: [String]
  /// Why it failed, or what is odd about it, in one sentence.
  package var message: String?
  /// What was asked for, and of whom; nil where nobody knows any more.
  package var draft: Draft?
  /// What became of each picture of a set, by its index.
  package var members: [Member] = []
  /// How many wait before it, while it waits for its turn.
  package var place: Int?
  /// Waits for a key that whoever has it may hand over; `message` says how.
  package var needsKey = false
  /// When it is sent again by itself, in seconds on the clock of `AppAction.ticked`; `message` says why.
  package var waitsUntil: Double?
  /// Its outcome is unknown, and nobody has decided what to do about that.
  package var isUnresolved = false
  /// When the request left, `2026-11-21 14:32:05`.
  package var sentTime: String?
  /// The id this program gave the request, for the provider's support.
  package var clientRequestID: String?
  /// The most it may cost, `$0.16`; nil where no price is known.
  package var highestPrice: String?
  /// What it cost, once that is settled.
  package var cost: String?
  /// Whether pictures of it were drawn, here or not, so that it is paid for.
  package var wasDrawn = false
  /// Whether pictures of it were drawn that are not here and can still be fetched for nothing.
  package var missesPictures = false
  /// How many bytes are kept of an answer that could not be read in whole; nil where none are.
  package var keptBytes: Int?
  /// Its place among the jobs it was asked for with; nil for one that stands alone.
  package var group: Group?

  /// Jobs that were asked for together, since their model draws one picture a request.
  package struct Group: Equatable, Sendable {
    /// The first of them, `k7f2`.
    package var id: String
    /// Which of them this is, from zero.
    package var place: Int
    package var size: Int

    package init(id: String, place: Int, size: Int) {
      self.id = id
      self.place = place
      self.size = size
    }

    /// For a row of the list, `2/4`.
    var mark: String { "\(place + 1)/\(size)" }
    /// A sentence for the preview.
    var sentence: String { "\(place + 1) of \(size) that were asked for together as \(id)." }
  }

  package init(
    id: String, state: State, prompt: String, modelName: String, expectedCount: Int = 1,
    arrivedCount: Int = 0, submittedAt: Double, startedAt: Double? = nil,
    finishedAt: Double? = nil, usualSeconds: Double? = nil, pictures: [String] = [],
    message: String? = nil
  ) {
    self.id = id
    self.state = state
    self.prompt = prompt
    self.modelName = modelName
    self.expectedCount = expectedCount
    self.arrivedCount = arrivedCount
    self.submittedAt = submittedAt
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.usualSeconds = usualSeconds
    self.pictures = pictures
    self.message = message
  }

  /// Whether the service still works on it, so that time passes and it can be cancelled.
  package var isActive: Bool {
    switch state {
    case .queued, .sending, .running, .downloading: true
    case .done, .partlyDone, .failed, .cancelled, .unknown: false
    }
  }

  /// Whether its request has left, or is leaving, and nobody has told how it ended.
  var hasLeft: Bool { isActive && state != .queued }

  /// Why sending it once more may pay a second time, a sentence; nil where nothing was drawn for sure.
  var paidDoubt: String? {
    if missesPictures { return "Pictures of job \(id) were drawn, and are paid for." }
    return switch state {
    case .unknown: "Job \(id) may have been drawn and paid for."
    case .done, .partlyDone: "Job \(id) was drawn and paid for."
    case .cancelled where startedAt != nil:
      "Job \(id) had left when it was cancelled: it may have been drawn and paid for."
    case .failed where wasDrawn, .cancelled where wasDrawn: "Job \(id) was drawn and paid for."
    default: nil
    }
  }

  /// Whether what is shown of it changes as time passes.
  var isTimed: Bool { isActive && (state != .queued || waitsUntil != nil) }
}
