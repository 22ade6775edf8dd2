internal import Seedream

extension JournalEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case job, time, event, request, provider, dialect, reserved, attempt, number, address, file,
      picture
    case pending, count, failure
    case clientRequestID = "client_request_id"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(job, forKey: .job)
    try container.encode(time, forKey: .time)
    try container.encode(event.name, forKey: .event)
    switch event {
    case .intent(let intent):
      try container.encode(
        RequestRecord(intent.request, keepingQueries: true), forKey: .request)
      try container.encode(intent.provider, forKey: .provider)
      try container.encodeIfPresent(intent.dialect, forKey: .dialect)
      try container.encodeIfPresent(intent.clientRequestID, forKey: .clientRequestID)
      try container.encodeIfPresent(intent.reserved, forKey: .reserved)
    case .sent(let attempt): try container.encode(attempt, forKey: .attempt)
    case .pending(let id): try container.encode(id, forKey: .pending)
    case .result(let number, let source):
      try container.encode(number, forKey: .number)
      switch source {
      case .address(let address): try container.encode(address, forKey: .address)
      case .file(let path): try container.encode(path, forKey: .file)
      }
    case .done(let id): try container.encode(id, forKey: .picture)
    case .finished(let count): try container.encode(count, forKey: .count)
    case .failed(let failure): try container.encode(failure, forKey: .failure)
    case .cancelled, .forgotten: break
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .event)
    let event: Event
    switch name {
    case "intent":
      event = .intent(
        Intent(
          request: try container.decode(RequestRecord.self, forKey: .request).request,
          provider: try container.decode(String.self, forKey: .provider),
          dialect: try container.decodeIfPresent(String.self, forKey: .dialect),
          clientRequestID: try container.decodeIfPresent(String.self, forKey: .clientRequestID),
          reserved: try container.decodeIfPresent(Price.self, forKey: .reserved)))
    case "sent": event = .sent(attempt: try container.decode(Int.self, forKey: .attempt))
    case "pending": event = .pending(id: try container.decode(String.self, forKey: .pending))
    case "result":
      let source: Source =
        if let address = try container.decodeIfPresent(String.self, forKey: .address) {
          .address(address)
        } else {
          .file(try container.decode(String.self, forKey: .file))
        }
      event = .result(number: try container.decode(Int.self, forKey: .number), source)
    case "done": event = .done(try container.decode(PictureID.self, forKey: .picture))
    case "finished": event = .finished(count: try container.decode(Int.self, forKey: .count))
    case "failed": event = .failed(try container.decode(Failure.self, forKey: .failure))
    case "cancelled": event = .cancelled
    case "forgotten": event = .forgotten
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .event, in: container, debugDescription: "event '\(name)' is not known")
    }
    self.init(
      job: try container.decode(JobID.self, forKey: .job),
      time: try container.decode(Timestamp.self, forKey: .time), event: event)
  }
}

extension JournalEntry.Event {
  fileprivate var name: String {
    switch self {
    case .intent: "intent"
    case .sent: "sent"
    case .pending: "pending"
    case .result: "result"
    case .done: "done"
    case .finished: "finished"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .forgotten: "forgotten"
    }
  }
}
