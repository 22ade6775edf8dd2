import Seedream

/// `{"id":"k7f2","state":"queued","needsKey":true,…}`: the state is a word, and what belongs to it stands beside
/// it, as services and programs have known it since the first version.
extension JobStatus: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, request, provider, modelName, submitted, sent, finished, attempts, usualSeconds,
      members
    case message, revision, notices, providerRequestID, error, modelAnswered, usage, clientRequestID
    case reserved, cost, atRisk, group, rawReply
  }

  package func encode(to encoder: any Encoder) throws {
    try state.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(request, forKey: .request)
    try container.encode(provider, forKey: .provider)
    try container.encode(modelName, forKey: .modelName)
    try container.encode(submitted, forKey: .submitted)
    try container.encodeIfPresent(sent, forKey: .sent)
    try container.encodeIfPresent(finished, forKey: .finished)
    try container.encode(attempts, forKey: .attempts)
    try container.encodeIfPresent(usualSeconds, forKey: .usualSeconds)
    try container.encode(members, forKey: .members)
    try container.encodeIfPresent(message, forKey: .message)
    try container.encode(revision, forKey: .revision)
    try container.encode(notices, forKey: .notices)
    try container.encodeIfPresent(providerRequestID, forKey: .providerRequestID)
    try container.encodeIfPresent(error, forKey: .error)
    try container.encodeIfPresent(modelAnswered, forKey: .modelAnswered)
    try container.encodeIfPresent(usage, forKey: .usage)
    try container.encodeIfPresent(clientRequestID, forKey: .clientRequestID)
    try container.encodeIfPresent(reserved, forKey: .reserved)
    try container.encodeIfPresent(cost, forKey: .cost)
    try container.encodeIfPresent(atRisk, forKey: .atRisk)
    try container.encodeIfPresent(group, forKey: .group)
    try container.encodeIfPresent(rawReply, forKey: .rawReply)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try container.decode(String.self, forKey: .id), state: try JobState(from: decoder),
      request: try container.decode(GenerationRequest.self, forKey: .request),
      provider: try container.decode(String.self, forKey: .provider),
      modelName: try container.decode(String.self, forKey: .modelName),
      submitted: try container.decode(Double.self, forKey: .submitted))
    sent = try container.decodeIfPresent(Double.self, forKey: .sent)
    finished = try container.decodeIfPresent(Double.self, forKey: .finished)
    attempts = try container.decode(Int.self, forKey: .attempts)
    usualSeconds = try container.decodeIfPresent(Double.self, forKey: .usualSeconds)
    members = try container.decode([Member].self, forKey: .members)
    message = try container.decodeIfPresent(String.self, forKey: .message)
    // They begin at the time, in milliseconds, and those of a group are added up.
    revision = min(max(0, try container.decode(Int.self, forKey: .revision)), 1 << 52)
    notices = try container.decode([String].self, forKey: .notices)
    providerRequestID = try container.decodeIfPresent(String.self, forKey: .providerRequestID)
    error = try container.decodeIfPresent(APIError.self, forKey: .error)
    modelAnswered = try container.decodeIfPresent(String.self, forKey: .modelAnswered)
    usage = try container.decodeIfPresent(Usage.self, forKey: .usage)
    clientRequestID = try container.decodeIfPresent(String.self, forKey: .clientRequestID)
    reserved = try container.decodeIfPresent(Price.self, forKey: .reserved)
    cost = try container.decodeIfPresent(Price.self, forKey: .cost)
    atRisk = try container.decodeIfPresent(Price.self, forKey: .atRisk)
    group = try container.decodeIfPresent(JobGroup.self, forKey: .group)
    rawReply = try container.decodeIfPresent(RawReply.self, forKey: .rawReply)
  }
}

/// A word and, beside it, four members of which each belongs to some words only.
extension JobState: Codable {
  private enum CodingKeys: String, CodingKey {
    case state, needsKey, waitsUntil, place, isUnresolved
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(phase, forKey: .state)
    try container.encode(needsKey, forKey: .needsKey)
    try container.encodeIfPresent(waitsUntil, forKey: .waitsUntil)
    try container.encodeIfPresent(place, forKey: .place)
    try container.encode(isUnresolved, forKey: .isUnresolved)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let isUnresolved = try container.decode(Bool.self, forKey: .isUnresolved)
    let needsKey = try container.decode(Bool.self, forKey: .needsKey)
    switch try container.decode(JobPhase.self, forKey: .state) {
    case .queued:
      let time = try container.decodeIfPresent(Double.self, forKey: .waitsUntil)
      self = .queued(
        QueuedState(
          place: try container.decodeIfPresent(Int.self, forKey: .place).map {
            min(max(0, $0), 1_000_000_000)
          },
          waitsFor: needsKey ? .key : time.map { .time($0) }))
    case .sending: self = .sending
    case .running: self = .running(needsKey: needsKey)
    case .downloading: self = .downloading(isUnresolved: isUnresolved)
    case .done: self = .done
    case .partlyDone: self = .partlyDone
    case .failed: self = .failed
    case .cancelled: self = .cancelled
    case .unknown: self = .unknown(isUnresolved ? .open : .settled)
    }
  }
}
