package import Seedream

/// Everything a person may want to know of a job, as the control socket tells it.
package struct JobStatus: Codable, Equatable, Sendable {
  package var id: String
  package var state: JobState
  /// As submitted: references by path, address or picture id.
  package var request: GenerationRequest
  package var provider: String
  /// The model's name for people, "Seedream 4.5"; the id where it is not in the catalogue.
  package var modelName: String
  /// Seconds since 1970, as are all times here.
  package var submitted: Double
  package var sent: Double?
  package var finished: Double?
  /// Seconds this model usually takes for this many pictures, where that is known.
  package var usualSeconds: Double?
  /// What became of each member of the set, by its index, as far as is known.
  package var members: [Member]
  /// One sentence for a person about how the job ended, or what it waits for.
  package var message: String?
  /// The provider's id of the request, for its support desk.
  package var providerRequestID: String?

  package struct Member: Codable, Equatable, Sendable {
    package var index: Int
    package var outcome: Outcome
  }

  package enum Outcome: Codable, Equatable, Sendable {
    /// Drawn; its bytes are on their way.
    case arriving
    case saved(SavedPicture)
    case refused(code: String, message: String, requestID: String?)
    /// It was drawn but could not be fetched or saved: the sentence says why.
    case lost(String)
  }

  /// The saved pictures, in order.
  package var pictures: [SavedPicture] {
    members.sorted { $0.index < $1.index }.compactMap {
      if case .saved(let picture) = $0.outcome { picture } else { nil }
    }
  }
}

/// A picture that is on disk with its record.
package struct SavedPicture: Codable, Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  /// Absolute.
  package var path: String
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// Seconds since 1970.
  package var created: Double

  package init(
    id: String, path: String, width: Int, height: Int, byteCount: Int, created: Double
  ) {
    self.id = id
    self.path = path
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.created = created
  }
}
