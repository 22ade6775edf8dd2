import Posix
import Seedream

/// Makes a provider's words fit to be kept and shown: a provider may repeat the key it was given, and
/// names may be of any length and hold anything.
struct Redaction: Sendable {
  /// A shorter key would take half the alphabet out of a text.
  private static let shortestKey = 6
  private static let longestName = 128
  /// The key as it may be written, the longest first.
  private let spellings: [String]

  init(key: String?) {
    spellings =
      key.map { $0.utf8.count >= Self.shortestKey ? KeySpelling.all(of: $0) : [] } ?? []
  }

  func text(_ text: String) -> String {
    var text = text
    for spelling in spellings { text = text.replacing(spelling, with: Self.mark) }
    // What was cut to a length may end inside the key.
    for spelling in spellings {
      for length in stride(from: spelling.count - 1, through: Self.shortestKey, by: -1) {
        let start = spelling.prefix(length)
        guard text.hasSuffix(start) || text.hasSuffix(start + "…") else { continue }
        return (text.hasSuffix("…") ? text.dropLast() : text[...]).dropLast(length) + Self.mark
      }
    }
    return text
  }

  private static let mark = "[key]"

  /// A code or an id.
  func name(_ text: String) -> String {
    printable(String(self.text(text).prefix(Self.longestName)))
  }

  func error(_ error: APIError) -> APIError {
    var error = error
    error.code = name(error.code)
    error.message = text(error.message)
    error.param = name(error.param)
    error.type = name(error.type)
    error.requestID = error.requestID.map(name)
    return error
  }
}
