/// The name of one picture: its job and its place in the set, `k7f2-1`.
package struct PictureID: Hashable, Sendable {
  package let job: JobID
  /// From 1 in the order of the reply, to 999.
  package let number: Int

  package static let numbers = 1...999

  /// Clamps the number into `numbers`; no model generates sets near that size.
  package init(job: JobID, number: Int) {
    self.job = job
    self.number = min(max(number, Self.numbers.lowerBound), Self.numbers.upperBound)
  }
}

extension PictureID: LosslessStringConvertible {
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let job = JobID(String(parts[0])), parts[1].utf8.count <= 3,
      parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), !parts[1].hasPrefix("0"),
      let number = Int(parts[1]), Self.numbers.contains(number)
    else { return nil }
    self.init(job: job, number: number)
  }

  package var description: String { "\(job)-\(number)" }
}

extension PictureID: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = PictureID(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a picture id"))
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
