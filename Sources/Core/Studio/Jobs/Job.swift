import Gallery
import Jobs
import Secrets
import Seedream

/// A job, and what is needed to run it, to send it again and to fetch what it still misses.
struct Job: Sendable {
  var status: JobStatus
  let id: JobID
  /// With its references stored.
  var request: GenerationRequest
  /// Nil where an older program wrote the journal, which says its name only.
  var provider: ProviderConnection?
  /// The name of the wire it was sent in; empty where an older journal does not say.
  let dialect: String
  let submitted: Timestamp
  /// Forgotten as soon as the request is over.
  var key: String?
  /// Whether it was sent with a key, or may need one.
  var usesKey = false
  var trace: String?
  /// By what a further try of the same request is known; nil where it came from nobody who tries by himself.
  var fingerprint: RequestFingerprint?
  /// What its pictures come from beyond the request.
  var provenance: Provenance?
  /// Where pictures are that were drawn and are not in the gallery, by number.
  var missing: [Int: PictureSource] = [:]
  /// What the reply said of its pictures, by number.
  var said: [Int: SaidOfPicture] = [:]
  /// How long after a fetch in vain the next one begins by itself, in seconds; nil before the first.
  var fetchPause: Double?
  /// Waits for the next fetch.
  var fetchTimer: Task<Void, Never>?
  /// What the provider generates it as, while it is not heard how that ended.
  var pending: PendingJob?
  /// Whether a user has decided about its unknown outcome.
  var isDecided = false
  /// Ends the run early; nil when none is under way.
  var control: RunControl?
  /// Whether it counts among the jobs its provider draws at once.
  var isDrawing = false
  /// How many changes of it are being written down; it is not started meanwhile.
  var holds = 0

  /// Whether something happens for it now. One that waits for its turn, its next try or a key is in the
  /// journal and can be left to the next service.
  var isUnderWay: Bool {
    let waits = status.state.phase == .queued || control == nil && status.state.needsKey
    return !waits && !status.state.isFinal
  }

  /// Whether it waits for its turn, untouched.
  var isWaiting: Bool { status.state.phase == .queued && control == nil }
}

extension Job {
  /// Takes in what a run tells, except its end.
  mutating func apply(_ report: RunReport) {
    switch report {
    case .sending(let time, let attempt):
      status.sent = time.seconds
      status.attempts = attempt
      status.message = nil
      status.state = .sending
    case .sent: status.state = .running()
    case .waiting(let until, let reason):
      status.state = .queued(QueuedState(waitsFor: .time(until)))
      status.message = reason
      isDrawing = false
    case .requestID(let id): status.providerRequestID = id
    case .notice(let sentence): status.notices.append(sentence)
    case .kept(let raw): status.rawReply = raw
    case .arriving(let number, let source, let said):
      missing[number] = source
      self.said[number] = said ?? self.said[number]
      status.set(.init(index: number - 1, outcome: .arriving, address: told(source)))
    case .answered(let model, let usage):
      status.modelAnswered = model
      status.usage = usage
    case .member(let member):
      status.set(member)
      if case .lost(_, isFetchable: true) = member.outcome { return }
      missing[member.index + 1] = nil
      said[member.index + 1] = nil
    case .downloading:
      status.state = .downloading()
      isDrawing = false
      // Nothing more goes to the provider.
      key = nil
    case .taken(let job): pending = job
    case .ended, .held: break
    }
  }

  /// The address of a picture as everybody who follows the job may have it: not where it repeats the key
  /// or names a user, nor where only the sandbox of this service knows it.
  private func told(_ source: PictureSource) -> String? {
    guard case .address(let address, _) = source, provider?.baseURL != nil else { return nil }
    guard !Self.namesUser(address) else { return nil }
    return Redaction(key: key).isClean(address) ? address : nil
  }

  private static func namesUser(_ address: String) -> Bool {
    let rest = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
    return rest.prefix { !"/?#".contains($0) }.contains("@")
  }

  /// - Parameter time: Seconds since 1970.
  mutating func end(_ outcome: JobOutcome, at time: Double) {
    status.state = outcome.state
    if isDecided, case .unknown = outcome.state { status.state = .unknown(.settled) }
    status.message = outcome.message
    status.error = outcome.error
    status.finished = time
    key = nil
    control = nil
    pending = nil
    isDrawing = false
  }

  /// A user has decided about its unknown outcome.
  mutating func decide(_ state: JobState, _ message: String?) {
    isDecided = true
    status.state = state
    status.message = message
  }

  /// The reference as it can be sent, where it is one of those that are told of the job.
  func stored(_ reference: Reference) -> Reference {
    let place = status.request.references.firstIndex(of: reference)
    guard let place, request.references.indices.contains(place) else { return reference }
    return request.references[place]
  }
}
