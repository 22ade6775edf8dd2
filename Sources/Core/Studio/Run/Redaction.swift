import Posix
import Seedream

/// Makes a provider's words fit to be kept and shown: a provider may repeat the key it was given, and
/// names may be of any length and hold anything.
struct Redaction: Sendable {
  /// A shorter key would take half the alphabet out of a text.
  private static let shortestKey = 6
  private static let longestName = 128
  private let key: String?

  init(key: String?) {
    self.key = key.flatMap { $0.utf8.count >= Self.shortestKey ? $0 : nil }
  }

  func text(_ text: String) -> String {
    guard let key else { return text }
    return text.replacing(key, with: "[key]")
  }

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
