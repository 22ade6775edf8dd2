import Jobs
internal import Seedream

extension JournalEntry: Codable {
  private enum CodingKeys: String, CodingKey {
    case job, time, event, request, provider, dialect, reserved, attempt, number, address, file,
      picture, said
    case pending, count, failure, headers, limits, before, pictures, price, prices, resends,
      fingerprint, whole, group, provenance
    case mostPictures = "most_pictures"
    case reservedOnce = "reserved_once"
    case baseURL = "base_url"
    case clientRequestID = "client_request_id"
    case resentAs = "resent_as"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(job, forKey: .job)
    try container.encode(time, forKey: .time)
    try container.encode(event.name, forKey: .event)
    switch event {
    case .intent(let intent), .edited(let intent): try Self.encode(intent, to: &container)
    case .sent(let attempt): try container.encode(attempt, forKey: .attempt)
    case .pending(let id, let generated):
      try container.encode(id, forKey: .pending)
      try container.encodeIfPresent(generated, forKey: .count)
    case .result(let number, let source, let said):
      try container.encode(number, forKey: .number)
      switch source {
      case .address(let address): try container.encode(address, forKey: .address)
      case .file(let path): try container.encode(path, forKey: .file)
      }
      if !said.isEmpty { try container.encode(said, forKey: .said) }
    case .done(let id): try container.encode(id, forKey: .picture)
    case .finished(let count): try container.encode(count, forKey: .count)
    case .failed(let failure): try container.encode(failure, forKey: .failure)
    case .rawReply(let file, let byteCount, let isWhole):
      try container.encode(file, forKey: .file)
      try container.encode(byteCount, forKey: .count)
      try container.encode(isWhole, forKey: .whole)
    case .moved(let other): try container.encodeIfPresent(other, forKey: .before)
    case .settled(let pictures, let price):
      try container.encode(pictures, forKey: .pictures)
      try container.encodeIfPresent(price, forKey: .price)
    case .resent(let other): try container.encode(other, forKey: .resentAs)
    case .trashed(let id), .restored(let id), .erased(let id):
      try container.encode(id, forKey: .picture)
    case .cancelled, .forgotten, .arrived: break
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .event)
    let event: Event
    switch name {
    case "intent": event = .intent(try Self.intent(from: container))
    case "edited": event = .edited(try Self.intent(from: container))
    case "sent": event = .sent(attempt: try container.decode(Int.self, forKey: .attempt))
    case "pending":
      event = .pending(
        id: try container.decode(String.self, forKey: .pending),
        generated: try? container.decodeIfPresent(Int.self, forKey: .count))
    case "result":
      let source: Source =
        if let address = try container.decodeIfPresent(String.self, forKey: .address) {
          .address(address)
        } else {
          .file(try container.decode(String.self, forKey: .file))
        }
      // A member that cannot be understood must not cost the address.
      let said = (try? container.decodeIfPresent(SaidOfPicture.self, forKey: .said)) ?? nil
      event = .result(
        number: try container.decode(Int.self, forKey: .number), source,
        said: said ?? SaidOfPicture())
    case "done": event = .done(try container.decode(PictureID.self, forKey: .picture))
    case "finished": event = .finished(count: try container.decode(Int.self, forKey: .count))
    case "failed": event = .failed(try container.decode(Failure.self, forKey: .failure))
    case "raw_reply":
      event = .rawReply(
        file: try container.decode(String.self, forKey: .file),
        byteCount: try container.decode(Int.self, forKey: .count),
        isWhole: try container.decode(Bool.self, forKey: .whole))
    case "cancelled": event = .cancelled
    case "forgotten": event = .forgotten
    case "moved": event = .moved(before: try container.decodeIfPresent(JobID.self, forKey: .before))
    case "settled":
      event = .settled(
        pictures: try container.decode(Int.self, forKey: .pictures),
        try container.decodeIfPresent(Price.self, forKey: .price))
    case "resent": event = .resent(as: try container.decode(JobID.self, forKey: .resentAs))
    case "arrived": event = .arrived
    case "trashed": event = .trashed(try container.decode(PictureID.self, forKey: .picture))
    case "restored": event = .restored(try container.decode(PictureID.self, forKey: .picture))
    case "erased": event = .erased(try container.decode(PictureID.self, forKey: .picture))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .event, in: container, debugDescription: "event '\(name)' is not known")
    }
    self.init(
      job: try container.decode(JobID.self, forKey: .job),
      time: try container.decode(Timestamp.self, forKey: .time), event: event)
  }

  private static func encode(
    _ intent: Intent, to container: inout KeyedEncodingContainer<CodingKeys>
  ) throws {
    try container.encode(RequestRecord(intent.request, keepingQueries: true), forKey: .request)
    try container.encode(intent.provider, forKey: .provider)
    try container.encodeIfPresent(intent.dialect, forKey: .dialect)
    try container.encodeIfPresent(intent.baseURL, forKey: .baseURL)
    if !intent.headers.isEmpty { try container.encode(intent.headers, forKey: .headers) }
    try container.encodeIfPresent(intent.limits, forKey: .limits)
    try container.encodeIfPresent(intent.clientRequestID, forKey: .clientRequestID)
    try container.encodeIfPresent(intent.prices, forKey: .prices)
    try container.encodeIfPresent(intent.reserved, forKey: .reserved)
    try container.encodeIfPresent(intent.resends, forKey: .resends)
    try container.encodeIfPresent(intent.fingerprint, forKey: .fingerprint)
    try container.encodeIfPresent(intent.group, forKey: .group)
    try container.encodeIfPresent(intent.mostPictures, forKey: .mostPictures)
    try container.encodeIfPresent(intent.reservedOnce, forKey: .reservedOnce)
    try container.encodeIfPresent(intent.provenance, forKey: .provenance)
  }

  private static func intent(
    from container: KeyedDecodingContainer<CodingKeys>
  ) throws -> Intent {
    // What a later program says of it must not cost the request.
    let provenance = (try? container.decodeIfPresent(Provenance.self, forKey: .provenance)) ?? nil
    return Intent(
      request: try container.decode(RequestRecord.self, forKey: .request).request,
      provider: try container.decode(String.self, forKey: .provider),
      dialect: try container.decodeIfPresent(String.self, forKey: .dialect),
      baseURL: try container.decodeIfPresent(String.self, forKey: .baseURL),
      headers: try container.decodeIfPresent([WireRequest.Header].self, forKey: .headers) ?? [],
      limits: try container.decodeIfPresent(RequestLimits.self, forKey: .limits),
      clientRequestID: try container.decodeIfPresent(String.self, forKey: .clientRequestID),
      prices: try container.decodeIfPresent([String: PriceList].self, forKey: .prices),
      reserved: try container.decodeIfPresent(Price.self, forKey: .reserved),
      resends: try container.decodeIfPresent(JobID.self, forKey: .resends),
      fingerprint: try container.decodeIfPresent(RequestFingerprint.self, forKey: .fingerprint),
      group: try container.decodeIfPresent(JobGroup.self, forKey: .group),
      mostPictures: try container.decodeIfPresent(Int.self, forKey: .mostPictures),
      reservedOnce: try container.decodeIfPresent(Price.self, forKey: .reservedOnce),
      provenance: provenance)
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
    case .rawReply: "raw_reply"
    case .cancelled: "cancelled"
    case .edited: "edited"
    case .moved: "moved"
    case .settled: "settled"
    case .forgotten: "forgotten"
    case .resent: "resent"
    case .arrived: "arrived"
    case .trashed: "trashed"
    case .restored: "restored"
    case .erased: "erased"
    }
  }
}
