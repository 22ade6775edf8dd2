import Gallery
import HTTP

/// How long an answer asks to wait: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), and
/// `retry-after-ms`, which some gateways send instead.
enum RetryAfter {
  /// In seconds, at least zero; nil where the answer asks for nothing that can be understood.
  ///
  /// - Parameter now: Seconds since 1970.
  static func seconds(_ head: HTTPResponseHead, now: Double) -> Double? {
    if let milliseconds = head["Retry-After-Ms"].flatMap({ Double($0) }) {
      return bounded(milliseconds / 1000)
    }
    guard let text = head["Retry-After"] else { return nil }
    if let seconds = Double(text) { return bounded(seconds) }
    return date(text).flatMap { bounded(max(0, $0 - now)) }
  }

  private static func bounded(_ seconds: Double) -> Double? {
    seconds.isFinite && seconds >= 0 ? min(seconds, 1e9) : nil
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent today.
  private static func date(_ text: String) -> Double? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2,
      let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp("\(parts[3])-\(digits)-\(parts[1])T\(parts[4])Z")?.seconds
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
