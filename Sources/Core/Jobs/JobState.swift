/// Where a job stands, with what belongs to that.
package enum JobState: Equatable, Sendable {
  /// Waits for its turn, for a key, or until it is sent again.
  case queued(QueuedState = QueuedState())
  /// Its request is leaving.
  case sending
  /// The request has left; the provider generates. One that an earlier service sent may need a key to be asked
  /// about.
  case running(needsKey: Bool = false)
  /// The provider is done; pictures are being fetched and saved. What a job of unknown outcome misses is fetched
  /// without that the outcome is known by it.
  case downloading(isUnresolved: Bool = false)
  case done
  /// Some pictures were saved, others were refused.
  case partlyDone
  case failed
  case cancelled
  /// The request left and no answer came: it may have been drawn and paid for. Never resent by itself.
  case unknown(Resolution)

  /// What a user has decided about an unknown outcome.
  package enum Resolution: Equatable, Sendable {
    /// Nothing yet.
    case open
    /// It is put aside, or was sent again.
    case settled
  }

  /// The same without what belongs to it.
  package var phase: JobPhase {
    switch self {
    case .queued: .queued
    case .sending: .sending
    case .running: .running
    case .downloading: .downloading
    case .done: .done
    case .partlyDone: .partlyDone
    case .failed: .failed
    case .cancelled: .cancelled
    case .unknown: .unknown
    }
  }

  /// In a word or two, for people and for programs.
  package var word: String { phase.rawValue }

  /// Nothing more will happen to it by itself.
  package var isFinal: Bool { phase.isFinal }

  /// Its outcome is unknown, and nobody has decided what to do about that.
  package var isUnresolved: Bool {
    self == .unknown(.open) || self == .downloading(isUnresolved: true)
  }

  /// How many wait before it, while it waits for its turn; can be set only then.
  package var place: Int? {
    get { queued?.place }
    set {
      guard case .queued(var queued) = self else { return }
      queued.place = newValue
      self = .queued(queued)
    }
  }

  /// When it is sent again by itself, in seconds since 1970; nil while it does not wait for that.
  package var waitsUntil: Double? {
    if case .time(let seconds) = queued?.waitsFor { seconds } else { nil }
  }

  /// Waits for a key that whoever connects may hand over. Can be set while it waits or is drawn.
  package var needsKey: Bool {
    get { queued?.waitsFor == .key || self == .running(needsKey: true) }
    set {
      switch self {
      case .queued(var queued):
        if newValue { queued.waitsFor = .key } else if needsKey { queued.waitsFor = nil }
        self = .queued(queued)
      case .running: self = .running(needsKey: newValue)
      case .sending, .downloading, .done, .partlyDone, .failed, .cancelled, .unknown: break
      }
    }
  }

  private var queued: QueuedState? {
    if case .queued(let queued) = self { queued } else { nil }
  }
}

/// What a job waits for.
package struct QueuedState: Equatable, Sendable {
  /// How many wait before it; nil where it does not wait for its turn.
  package var place: Int?
  /// Nil for its turn alone; the job's message says more.
  package var waitsFor: Wait?

  package enum Wait: Equatable, Sendable {
    /// A key that whoever connects may hand over.
    case key
    /// The moment when it is sent again by itself, in seconds since 1970.
    case time(Double)
  }

  package init(place: Int? = nil, waitsFor: Wait? = nil) {
    self.place = place
    self.waitsFor = waitsFor
  }
}

/// Where a job stands, in a word: for lists, logs and `--json`.
package enum JobPhase: String, Codable, Sendable, CaseIterable {
  case queued
  case sending
  case running
  case downloading
  case done
  case partlyDone = "partly done"
  case failed
  case cancelled
  case unknown

  /// Nothing more will happen to it by itself.
  package var isFinal: Bool {
    switch self {
    case .queued, .sending, .running, .downloading: false
    case .done, .partlyDone, .failed, .cancelled, .unknown: true
    }
  }
}
