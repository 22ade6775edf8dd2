internal import FoundationEssentials
internal import Hashing

/// The text of an entry: a JSON object on one line whose first member is the checksum of the rest.
enum JournalLine {
  private static let opening = "{\"check\":\""
  private static let closing = "\","
  private static let digits = 16

  /// The line without its line feed.
  static func text(_ entry: JournalEntry) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let object = String(decoding: try encoder.encode(entry), as: UTF8.self)
    return opening + checksum(Array(object.utf8)) + closing + object.dropFirst()
  }

  /// The entry of a line; `.failure` says in a few words why there is none.
  static func entry(_ line: ArraySlice<UInt8>) -> Result<JournalEntry, Damage> {
    let rest = line.dropFirst(opening.utf8.count + digits + closing.utf8.count)
    let object = [UInt8(ascii: "{")] + rest
    guard line.dropLast(rest.count).elementsEqual((opening + checksum(object) + closing).utf8)
    else { return .failure(.torn) }
    do {
      return .success(try JSONDecoder().decode(JournalEntry.self, from: Data(object)))
    } catch {
      return .failure(.unknown(decodingReason(error)))
    }
  }

  enum Damage: Error {
    /// Cut short, or changed.
    case torn
    /// Whole, but of another version.
    case unknown(String)
  }

  /// The first 64 bits of a SHA-256: enough against accidents, and short to read.
  private static func checksum(_ bytes: [UInt8]) -> String {
    String(SHA256.hexDigest(of: bytes).prefix(digits))
  }
}
