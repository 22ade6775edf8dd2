import HTTP
import Posix

/// By what names a request is known, and when it came.
struct RequestIdentity: Equatable {
  /// 53 characters: `02`, the milliseconds since 1970 and 38 hexadecimal digits.
  let requestID: String
  /// The client's own name for it, given back.
  let clientRequestID: String
  /// Seconds since 1970.
  let created: Int

  init(_ request: HTTPServerRequest) {
    let now = SystemClock.secondsSince1970
    let digits = Randomness.hexadecimal(byteCount: 19)
    requestID = "02\(Int(now * 1000))\(digits)"
    created = Int(now)
    let stamp = Self.stamp(now)
    clientRequestID =
      request.header("X-Client-Request-Id")
      ?? "unknown-\(stamp.filter(\.isNumber))-\(digits.prefix(8))"
  }

  /// `20261121T143205Z`.
  ///
  /// - Parameter time: Seconds since 1970.
  static func stamp(_ time: Double) -> String {
    CalendarTime(utc: time).iso8601.filter { $0 != "-" && $0 != ":" }
  }

  var headers: [HTTPHeader] {
    [
      HTTPHeader("X-Request-Id", requestID), HTTPHeader("X-Client-Request-Id", clientRequestID),
    ]
  }
}
