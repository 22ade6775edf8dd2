/// `{"index":1,"outcome":"saved","picture":{…}}`: a word for the case, and its facts beside it.
extension JobStatus.Member: Codable {
  private enum CodingKeys: String, CodingKey {
    case index, outcome, picture, code, message, requestID, isFetchable, address, said
  }

  private enum Word: String, Codable {
    case arriving, saved, refused, lost
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(index, forKey: .index)
    try container.encodeIfPresent(address, forKey: .address)
    try container.encodeIfPresent(said, forKey: .said)
    switch outcome {
    case .arriving: try container.encode(Word.arriving, forKey: .outcome)
    case .saved(let picture):
      try container.encode(Word.saved, forKey: .outcome)
      try container.encode(picture, forKey: .picture)
    case .refused(let code, let message, let requestID):
      try container.encode(Word.refused, forKey: .outcome)
      try container.encode(code, forKey: .code)
      try container.encode(message, forKey: .message)
      try container.encodeIfPresent(requestID, forKey: .requestID)
    case .lost(let message, let isFetchable):
      try container.encode(Word.lost, forKey: .outcome)
      try container.encode(message, forKey: .message)
      try container.encode(isFetchable, forKey: .isFetchable)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let outcome: JobStatus.Outcome
    switch try container.decode(Word.self, forKey: .outcome) {
    case .arriving: outcome = .arriving
    case .saved:
      outcome = .saved(try container.decode(SavedPicture.self, forKey: .picture))
    case .refused:
      outcome = .refused(
        code: try container.decode(String.self, forKey: .code),
        message: try container.decode(String.self, forKey: .message),
        requestID: try container.decodeIfPresent(String.self, forKey: .requestID))
    case .lost:
      outcome = .lost(
        message: try container.decode(String.self, forKey: .message),
        isFetchable: try container.decode(Bool.self, forKey: .isFetchable))
    }
    self.init(
      index: try container.decode(Int.self, forKey: .index), outcome: outcome,
      address: try container.decodeIfPresent(String.self, forKey: .address),
      said: try container.decodeIfPresent(String.self, forKey: .said))
  }
}
