internal import Glibc

/// A moment as the fields of the Gregorian calendar, with its distance from UTC.
package struct CalendarTime: Equatable, Sendable {
  package let year: Int
  /// 1–12.
  package let month: Int
  /// 1–31.
  package let day: Int
  package let hour: Int
  package let minute: Int
  /// 0–60, for leap seconds.
  package let second: Int
  /// Seconds east of UTC.
  package let utcOffset: Int

  /// The fields in the zone of the user (`TZ`, /etc/localtime), localtime_r(3).
  package init(local secondsSince1970: Double) {
    var seconds = Self.wholeSeconds(secondsSince1970)
    var fields = unsafe tm()
    unsafe localtime_r(&seconds, &fields)
    unsafe self.init(fields)
  }

  /// The fields in UTC, gmtime_r(3).
  package init(utc secondsSince1970: Double) {
    var seconds = Self.wholeSeconds(secondsSince1970)
    var fields = unsafe tm()
    unsafe gmtime_r(&seconds, &fields)
    unsafe self.init(fields)
  }

  /// When a day begins in the zone of the user, in seconds since 1970, mktime(3). A day behind the last of a month is
  /// one of the next month.
  package static func start(ofYear year: Int, month: Int, day: Int) -> Double {
    var fields = unsafe tm()
    unsafe fields.tm_year = Int32(clamping: year - 1900)
    unsafe fields.tm_mon = Int32(clamping: month - 1)
    unsafe fields.tm_mday = Int32(clamping: day)
    unsafe fields.tm_isdst = -1
    return unsafe Double(mktime(&fields))
  }

  private init(_ fields: tm) {
    year = unsafe Int(fields.tm_year) + 1900
    month = unsafe Int(fields.tm_mon) + 1
    day = unsafe Int(fields.tm_mday)
    hour = unsafe Int(fields.tm_hour)
    minute = unsafe Int(fields.tm_min)
    second = unsafe Int(fields.tm_sec)
    utcOffset = unsafe fields.tm_gmtoff
  }

  /// Years beyond what `tm` holds would leave the fields untouched; no picture is that old.
  private static func wholeSeconds(_ seconds: Double) -> time_t {
    seconds.isFinite ? time_t(min(max(seconds.rounded(.down), -6e13), 6e13)) : 0
  }

  /// ISO 8601 with seconds and offset: `2026-11-21T14:32:05+01:00`, `…Z` for UTC.
  package var iso8601: String {
    "\(date)T\(pad(hour)):\(pad(minute)):\(pad(second))\(offsetText)"
  }

  /// `2026-11-21`.
  package var date: String { "\(pad(year, 4))-\(pad(month))-\(pad(day))" }

  private var offsetText: String {
    if utcOffset == 0 { return "Z" }
    let minutes = abs(utcOffset) / 60
    return "\(utcOffset < 0 ? "-" : "+")\(pad(minutes / 60)):\(pad(minutes % 60))"
  }

  private func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
