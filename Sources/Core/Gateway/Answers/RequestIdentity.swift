import HTTP
import Posix

/// By what names a request is known, and when it came.
struct RequestIdentity: Equatable, Sendable {
  /// 53 characters as the vendor's: `02`, the milliseconds since 1970 and 38 hexadecimal digits.
  private(set) var requestID: String
  /// The client's own name for it; sent on, and given back.
  let clientRequestID: String
  /// Seconds since 1970.
  let created: Int

  init(_ request: HTTPServerRequest) {
    let now = SystemClock.secondsSince1970
    let digits = Randomness.hexadecimal(byteCount: 19)
    requestID = "02\(Int(now * 1000))\(digits)"
    created = Int(now)
    if let given = Self.proper(request.header("X-Client-Request-Id")) {
      clientRequestID = given
    } else {
      let stamp = CalendarTime(utc: now).iso8601.filter(\.isNumber).prefix(14)
      clientRequestID = "unknown-\(stamp)-\(digits.prefix(8))"
    }
  }

  /// A name that can be passed on in a header; nil for anything else.
  private static func proper(_ name: String?) -> String? {
    guard let name, !name.isEmpty, name.utf8.count <= 128 else { return nil }
    return name.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? name : nil
  }

  /// The same request under the name that the provider gave it, if it gave it one.
  func named(byProvider name: String?) -> RequestIdentity {
    var identity = self
    identity.requestID = Self.proper(name) ?? requestID
    return identity
  }

  private init(requestID: String, clientRequestID: String, created: Int) {
    self.requestID = requestID
    self.clientRequestID = clientRequestID
    self.created = created
  }

  /// For the description.
  static let example = RequestIdentity(
    requestID: "0217685180000001f3a5c7e90b2d4f6081a3c5e7092b4d6f8103", clientRequestID: "mine-1",
    created: 1_768_518_000)

  var headers: [HTTPHeader] {
    [HTTPHeader("X-Request-Id", requestID), HTTPHeader("X-Client-Request-Id", clientRequestID)]
  }
}
