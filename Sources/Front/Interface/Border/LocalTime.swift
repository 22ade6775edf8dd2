/// A moment in the person's own zone, as a calendar and a clock have it.
package struct LocalTime: Hashable, Sendable {
  package var year: Int
  /// 1–12.
  package var month: Int
  /// 1–31.
  package var day: Int
  package var hour: Int
  package var minute: Int

  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
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

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
