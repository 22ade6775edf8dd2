import Gallery
import Seedream

/// A job, and what is needed to run it, to send it again and to fetch what it still misses.
struct Job: Sendable {
  var status: JobStatus
  let id: JobID
  /// With its references stored.
  let request: GenerationRequest
  /// Nil for a job of an earlier service: only its name is in the journal.
  var provider: ProviderConnection?
  /// The name of the wire it was sent in; empty where an older journal does not say.
  let dialect: String
  let submitted: Timestamp
  /// Forgotten as soon as the request is over.
  var key: String?
  var trace: String?
  /// Where pictures are that were drawn and are not in the gallery, by number.
  var missing: [Int: PictureSource] = [:]
  /// How long after a fetch in vain the next one begins by itself, in seconds; nil before the first.
  var fetchPause: Double?
  /// Waits for the next fetch.
  var fetchTimer: Task<Void, Never>?
  /// Ends the run early; nil when none is under way.
  var control: RunControl?

  /// Whether something happens for it now; one that waits for its turn is in the journal and can be
  /// left to the next service.
  var isUnderWay: Bool { control != nil || status.state != .queued && !status.state.isFinal }
}
