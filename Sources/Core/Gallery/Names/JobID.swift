internal import Posix

/// The name of one job, short enough to be typed: `k7f2`.
///
/// Written in Crockford's base 32, lower case: digits and letters without i, l, o and u. Reading
/// takes what looks alike for the same (https://www.crockford.com/base32.html).
package struct JobID: Hashable, Sendable {
  package let text: String

  package static let shortestLength = 4
  package static let longestLength = 16
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  package init?(_ text: String) {
    let normal = Self.normalized(text)
    guard let normal, (Self.shortestLength...Self.longestLength).contains(normal.utf8.count) else {
      return nil
    }
    self.text = normal
  }

  private init(random length: Int) {
    text = String(Randomness.bytes(length).map { Self.alphabet[Int($0 & 31)] })
  }

  /// A new name nobody has: longer ones are tried as the short ones fill up.
  ///
  /// - Parameter isTaken: Asked for every candidate; jobs without pictures count too.
  package static func unused<Failure>(
    startingAt length: Int = shortestLength, isTaken: (JobID) throws(Failure) -> Bool
  ) throws(Failure) -> JobID {
    var length = min(max(length, shortestLength), longestLength)
    while true {
      // Three collisions in a row: a good part of this length is used up.
      for _ in 0..<3 {
        let candidate = JobID(random: length)
        if try !isTaken(candidate) { return candidate }
      }
      length = min(length + 1, longestLength)
    }
  }

  /// The text in the alphabet's own letters; nil if a character has no place in it.
  static func normalized(_ text: some StringProtocol) -> String? {
    var normal = ""
    for character in text.lowercased() {
      switch character {
      case "o": normal.append("0")
      case "i", "l": normal.append("1")
      default:
        guard alphabet.contains(character) else { return nil }
        normal.append(character)
      }
    }
    return normal
  }
}

extension JobID: CustomStringConvertible {
  package var description: String { text }
}

extension JobID: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = JobID(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a job id"))
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
