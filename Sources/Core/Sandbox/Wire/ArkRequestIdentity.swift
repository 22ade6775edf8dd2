import HTTP
import Posix

/// By what names a request is known, and when it came.
struct ArkRequestIdentity: Equatable {
  /// 53 characters: `02`, the milliseconds since 1970 and 38 hexadecimal digits.
  let requestID: String
  /// The client's own name for it, given back.
  let clientRequestID: String
  /// Monotonic milliseconds.
  private let began: Int64

  init(_ request: HTTPServerRequest) {
    let now = SystemClock.secondsSince1970
    let digits = Randomness.hexadecimal(byteCount: 19)
    requestID = "02\(Int(now * 1000))\(digits)"
    began = SystemClock.monotonicMilliseconds
    let stamp = Self.stamp(now)
    clientRequestID =
      request.header("X-Client-Request-Id").flatMap(Self.echo)
      ?? "unknown-\(stamp.filter(\.isNumber))-\(digits.prefix(8))"
  }

  /// `20261121T143205Z`.
  ///
  /// - Parameter time: Seconds since 1970.
  static func stamp(_ time: Double) -> String {
    CalendarTime(utc: time).iso8601.filter { $0 != "-" && $0 != ":" }
  }

  /// What every reply carries, as the vendor's gateway adds it; the time is milliseconds since the
  /// request came.
  var headers: [HTTPHeader] {
    let elapsed = SystemClock.monotonicMilliseconds - began
    return [
      HTTPHeader("X-Request-Id", requestID), HTTPHeader("X-Client-Request-Id", clientRequestID),
      HTTPHeader("X-Envoy-Upstream-Service-Time", "\(elapsed)"),
      HTTPHeader("Server", "istio-envoy"),
    ]
  }

  /// A name that can be given back: a line of some printable ASCII.
  private static func echo(_ name: String) -> String? {
    let isProper = (1...256).contains(name.utf8.count) && name.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    return isProper ? name : nil
  }
}
