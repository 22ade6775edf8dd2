/// Where a job stands.
package enum JobState: String, Codable, Sendable, CaseIterable {
  /// Waits for its turn.
  case queued
  /// Its request is leaving.
  case sending
  /// The request has left; the provider draws.
  case running
  /// The provider is done; pictures are being fetched and saved.
  case downloading
  case done
  /// Some pictures were saved, others were refused.
  case partlyDone = "partly done"
  case failed
  case cancelled
  /// The request left and no answer came: it may have been drawn and paid for. Never resent by itself.
  case unknown

  /// Nothing more will happen to it by itself.
  package var isFinal: Bool {
    switch self {
    case .queued, .sending, .running, .downloading: false
    case .done, .partlyDone, .failed, .cancelled, .unknown: true
    }
  }
}
