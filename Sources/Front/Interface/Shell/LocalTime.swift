/// A moment in the user's own zone, as a calendar and a clock have it.
package struct LocalTime: Hashable, Sendable {
  package var year: Int
  /// 1–12.
  package var month: Int
  /// 1–31.
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// A time in seconds since 1970 where clocks are `utcOffset` seconds before those of UTC. The calendar is reckoned
  /// in eras of 400 years that begin in March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  init(_ secondsSince1970: Double, utcOffset: Int) {
    let whole =
      secondsSince1970.isFinite ? min(max(secondsSince1970.rounded(.down), -6e13), 6e13) : 0
    let seconds = Int(whole) + utcOffset
    let time = (seconds % 86_400 + 86_400) % 86_400
    let days = (seconds - time) / 86_400 + 719_468
    let era = (days < 0 ? days - 146_096 : days) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    self.init(
      year: era * 400 + yearOfEra + (month > 2 ? 0 : 1), month: month,
      day: dayOfYear - (153 * march + 2) / 5 + 1, hour: time / 3600, minute: time / 60 % 60,
      second: time % 60)
  }

  package func isSameDay(as other: LocalTime) -> Bool {
    (year, month, day) == (other.year, other.month, other.day)
  }

  /// `14:32` today, `11-20` this year, `2025-11` before.
  package func short(on today: LocalTime) -> String {
    if isSameDay(as: today) { return "\(Self.two(hour)):\(Self.two(minute))" }
    return year == today.year
      ? "\(Self.two(month))-\(Self.two(day))" : "\(year)-\(Self.two(month))"
  }

  /// `2026-11-21 14:32:05`.
  var full: String {
    "\(year)-\(Self.two(month))-\(Self.two(day)) "
      + "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))"
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
