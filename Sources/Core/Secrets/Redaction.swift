internal import Posix
package import Seedream

/// Takes secrets out of what others say, however they spell them, before it is kept, shown or passed on.
///
/// The one place that knows how: client, journal, records, trace, log, terminal and gateway all ask it. A
/// secret shorter than `shortestSecret` stays: taking it out would take half the alphabet out of a text.
/// Values may cross threads.
package struct Redaction: Sendable {
  /// Bytes.
  package static let shortestSecret = 6
  /// What stands in a secret's place.
  package static let mark = "[key]"
  private static let longestName = 128

  let search: NeedleSearch?

  /// - Parameter secrets: Keys; an empty or short one is passed over. The passwords of the proxies that this
  ///   process's environment names are taken out as well.
  package init(_ secrets: [String]) {
    search = NeedleSearch(Set(secrets + ProxyPassword.ofEnvironment))
  }

  package init(key: String?) { self.init(key.map { [$0] } ?? []) }

  /// Whether there is nothing to be taken out.
  package var isEmpty: Bool { search == nil }

  /// A whole text. The beginning of a secret at its end goes too: it may have been cut to a length.
  package func text(_ text: String) -> String {
    guard search != nil else { return text }
    let bytes = Array(text.utf8)
    let kept = self.bytes(bytes)
    return kept == bytes ? text : String(decoding: kept, as: UTF8.self)
  }

  /// A whole body.
  package func bytes(_ bytes: [UInt8]) -> [UInt8] {
    var stream = RedactedStream(self)
    return stream.take(bytes, isLast: true)
  }

  /// Whether a text has none of the secrets.
  package func isClean(_ text: String) -> Bool { self.text(text) == text }

  /// A code or an id: without secrets, of some length at most, and nothing that moves a cursor.
  package func name(_ text: String) -> String {
    printable(String(self.text(text).prefix(Self.longestName)))
  }

  /// A provider's error.
  package func error(_ error: APIError) -> APIError {
    var error = error
    error.code = name(error.code)
    error.message = text(error.message)
    error.param = name(error.param)
    error.type = name(error.type)
    error.requestID = error.requestID.map(name)
    return error
  }
}
