import Posix

/// The id a client gives a request, `YYYYMMDDhhmmss` and twenty letters or digits, as the vendor's own
/// libraries make it. It lets the provider's support find the request.
enum ClientRequestID {
  static func make() -> String {
    let now = CalendarTime(utc: SystemClock.secondsSince1970)
    let digits = now.iso8601.filter(\.isNumber).prefix(14)
    return digits + Randomness.hexadecimal(byteCount: 10).uppercased()
  }
}
